"""Releases whose artefacts agents propose: at a port of their own, their pods soon known to be ready."""

from collections.abc import Iterator

import pytest

from tests.cluster.tree import Tree, copied, fresh

PORT = 30082
VALUES = f"""
backend: {{readinessProbe: {{initialDelaySeconds: 2, periodSeconds: 3}}}}
frontend: {{nodePort: {PORT}, readinessProbe: {{initialDelaySeconds: 2, periodSeconds: 3}}}}
"""


@pytest.fixture(scope="session")
def tree(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tree]:
    """A copy, whose release is taken down when all tests are through."""
    root = copied(tmp_path_factory.mktemp("tree"))
    (root / "quick.yaml").write_text(VALUES)
    one = Tree(root=root, namespace="todo-agents", port=PORT, values=root / "quick.yaml")
    with fresh(one):
        yield one
