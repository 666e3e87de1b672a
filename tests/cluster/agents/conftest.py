"""Releases whose artefacts agents propose."""

from collections.abc import Iterator

import pytest

from tests.cluster.tree import Tree, fresh, quick


@pytest.fixture(scope="session")
def tree(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tree]:
    """A copy, whose release is taken down when all tests are through."""
    one = quick(tmp_path_factory.mktemp("tree"), namespace="todo-agents", port=30082)
    with fresh(one):
        yield one
