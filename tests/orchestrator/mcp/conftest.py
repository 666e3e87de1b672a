"""A tree with a cluster that stands and a release of two revisions."""

from pathlib import Path

import pytest

from tests.orchestrator.mcp.driving import released
from tests.orchestrator.standins import bare_tree, cluster_stands


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    bare_tree(tmp_path)
    cluster_stands(tmp_path)
    released(tmp_path)
    return tmp_path
