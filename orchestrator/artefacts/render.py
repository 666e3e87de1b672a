"""A contract's facts to the artefact's text, as the built-in engine proposes it."""

import hashlib
import io
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from orchestrator.artefacts import dockerfiles, manifests
from orchestrator.contracts import Contract, DockerfileFacts


def artefact(contract: Contract) -> str:
    """The Dockerfile, or the plain manifest (no templating yet), that the facts describe."""
    if isinstance(contract.facts, DockerfileFacts):
        return dockerfiles.render(contract.facts)
    return as_yaml(manifests.render(contract.facts))


def as_yaml(document: object) -> str:
    """Block-style YAML with keys in the order given."""
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 4096
    out = io.StringIO()
    yaml.dump(document, out)
    return out.getvalue()


def template_of(contract: Contract) -> str:
    """The template that makes the contract's artefact, with the digest of its text."""
    module = dockerfiles if isinstance(contract.facts, DockerfileFacts) else manifests
    text = Path(str(module.__file__)).read_bytes()
    return f"template {module.__name__.rpartition('.')[2]} {hashlib.sha256(text).hexdigest()[:12]}"


@cache
def version() -> str:
    """A digest of the renderers' own source: a changed renderer is a changed input."""
    together = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        together.update(path.read_bytes())
    return together.hexdigest()[:12]
