"""The test cluster. Each folder's releases are of no concern to another's: the folders are run side by side."""

import shutil
import subprocess

import pytest


@pytest.fixture(scope="session")
def cluster() -> None:
    """The test cluster, by the environment that the caller gave. Without one the tests fail: they were asked for."""
    for program in ("minikube", "kubectl", "helm", "docker"):
        assert shutil.which(program), f'{program} is not on the PATH: eval "$(../shared/cluster/env)"'
    subprocess.run(["minikube", "status"], check=True, capture_output=True, timeout=60)
