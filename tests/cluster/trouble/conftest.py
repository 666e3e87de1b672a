"""A release that is killed, interrupted and refused."""

from collections.abc import Iterator

import pytest

from tests.cluster.tree import Tree, fresh, quick


@pytest.fixture(scope="session")
def tree(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tree]:
    """A copy, whose release is taken down when all tests are through."""
    one = quick(tmp_path_factory.mktemp("tree"), namespace="todo-trouble", port=30081)
    with fresh(one):
        yield one
