"""The cluster under test. Each folder's releases are of no concern to another's: the folders are run side by side."""

import shutil
import subprocess

import pytest

from tests.cluster.seen import CONTEXT


@pytest.fixture(scope="session")
def cluster() -> None:
    """The cluster, by the environment that the caller gave. Without one the tests fail: they were asked for."""
    for program in ("kubectl", "helm", "docker"):
        assert shutil.which(program), f"{program} is not on the PATH: ./todo test --cluster has it there"
    argv = ["kubectl", "--context", CONTEXT, "get", "--raw", "/readyz"]
    subprocess.run(argv, check=True, capture_output=True, timeout=60)
