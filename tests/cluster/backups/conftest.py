"""A release that is backed up and restored."""

from collections.abc import Iterator

import pytest

from tests.cluster.tree import Tree, fresh, quick


@pytest.fixture(scope="session")
def tree(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tree]:
    """A copy, whose release stands, and is taken down when all tests are through."""
    one = quick(tmp_path_factory.mktemp("tree"), namespace="todo-backups", port=30087)
    with fresh(one):
        one.deployed()
        yield one
