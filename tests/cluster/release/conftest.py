"""The release as everybody gets it: the chart's own values, at its own port."""

from collections.abc import Iterator

import pytest

from tests.cluster.tree import Tree, copied, fresh


@pytest.fixture(scope="session")
def tree(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tree]:
    """A copy, whose release is taken down when all tests are through."""
    one = Tree(root=copied(tmp_path_factory.mktemp("tree")), namespace="todo-check", port=30080)
    with fresh(one):
        yield one
