"""T022, T023, T035: values from the schema, and the chart linted and rendered before anything is installed."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from orchestrator.artefacts import values as values_text
from orchestrator.audit import Entry
from orchestrator.audit_check import logged
from orchestrator.content import file_digest, tree_digest
from orchestrator.contracts import FOLDER, VALUES_SCHEMA, values_schema
from orchestrator.errors import RejectedError
from orchestrator.gates import chart as gate
from orchestrator.gates.findings import demand
from orchestrator.graph.step import Done, Say, Step
from orchestrator.options import CHART, RELEASE
from orchestrator.release.sizes import sizes_files, sizes_path
from orchestrator.run import Run

_VALUES = CHART / "values.yaml"
_SCHEMA = CHART / "values.schema.json"


def values() -> Step:
    """T022: values.yaml, written from the schema's defaults where it is absent, else checked against the schema.

    A values.yaml that stands is kept: it may hold the person's own choices.
    """

    def act(run: Run, say: Say) -> Done:
        say("checking the values")
        schema = values_schema(run.root)
        made = not (run.root / _VALUES).exists()
        if made:
            (run.root / _VALUES).write_text(values_text.values_yaml(schema), encoding="utf-8")
            _log(run, f"write {_VALUES} from {VALUES_SCHEMA}", "values.yaml written")
        (run.root / _SCHEMA).write_text(values_text.schema_json(schema), encoding="utf-8")
        together: dict[str, Any] = {}
        for path in value_sources(run):
            together = merged(together, read_values(path))
            findings = gate.values_findings(together, schema)
            demand([replace(one, subject=f"{path.name} {one.subject}") for one in findings])
        if logged(run.audit.records()).get(str(_VALUES)) not in (None, file_digest(run.root / _VALUES)):
            _log(run, f"check {_VALUES} against {VALUES_SCHEMA}", "values.yaml was changed by hand; it fits its schema")
        return Done("values.yaml written" if made else "values.yaml fits its schema")

    return Step(
        name="values",
        tasks=("T022",),
        title="Chart values",
        needs=("chart-skeleton",),
        inputs=lambda run: {
            "schema": file_digest(run.root / FOLDER / VALUES_SCHEMA),
            "values.yaml": file_digest(run.root / _VALUES),
            "measured sizes": file_digest(sizes_path(run.options)),
            **{path.name: file_digest(path) for path in run.options.values},
        },
        preview=lambda run: (f"check {_VALUES} against {VALUES_SCHEMA} (written from it where absent)",),
        act=act,
        stale=lambda run, outputs: None if (run.root / _SCHEMA).exists() else f"{_SCHEMA.name} is not there",
        gate="no unknown key, no value out of range",
    )


def value_sources(run: Run) -> tuple[Path, ...]:
    """The values files from below: the chart's own, the sizes that were measured here, the person's."""
    return (run.root / _VALUES, *(run.root / path for path in sizes_files(run.options)), *run.options.values)


def _log(run: Run, prompt: str, result: str) -> None:
    """From then on the log knows this very file."""
    fresh = file_digest(run.root / _VALUES)
    run.audit.append(Entry("BUILTIN", ("T022",), prompt, result, artefact=str(_VALUES), artefact_digest=fresh))


def read_values(path: Path) -> dict[str, Any]:
    """A values file as a mapping. Raises RejectedError, with the line, if it is no YAML or no mapping."""
    try:
        told = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RejectedError(f"{path.name} cannot be read: {error.strerror}.", remedy="Check --values.") from error
    except Exception as error:
        raise RejectedError(f"{path.name} is not YAML: {error}", remedy="Mend it and run again.") from error
    if told is None:
        return {}
    if not isinstance(told, dict):
        raise RejectedError(f"{path.name} is not a mapping.", remedy="Mend it and run again.")
    return told


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Two values files as helm puts them together: mappings key by key, anything else replaced."""
    both = dict(below)
    for key, value in above.items():
        lower = both.get(key)
        both[key] = merged(lower, value) if isinstance(lower, Mapping) and isinstance(value, Mapping) else value
    return both


def lint_argv() -> list[str]:
    """T023's command."""
    return ["helm", "lint", str(CHART)]


def template_argv() -> list[str]:
    """Renders the chart with its defaults, without a cluster."""
    return ["helm", "template", RELEASE, str(CHART)]


def lint(manifests: tuple[str, ...]) -> Step:
    """T023: `helm lint`, then the rendered objects against every contract."""
    return Step(
        name="lint",
        tasks=("T023", "T035"),
        title="helm lint",
        needs=(*manifests, "values"),
        inputs=lambda run: {"chart": tree_digest(run.root, (str(CHART),))},
        preview=lambda run: (" ".join(lint_argv()), " ".join(template_argv())),
        act=_lint,
        gate="0 charts failed; the rendered objects are the contracts'",
    )


def _lint(run: Run, say: Say) -> Done:
    say("helm lint")
    findings = gate.lint(run.door, run.root / CHART)
    if not findings:
        say("helm template")
        rendered = run.door.run(template_argv(), limit=60).out
        documents = [one for one in YAML(typ="safe", pure=True).load_all(rendered) if one]
        findings = gate.rendered_findings(documents, run.root)
    told = "1 chart(s) linted, 0 chart(s) failed" if not findings else f"failed: {findings[0]}"
    run.audit.append(
        Entry(
            "HELM",
            ("T023", "T035"),
            " ".join(lint_argv()),
            told,
            passed=not findings,
            findings=tuple(str(finding) for finding in findings),
        )
    )
    demand(findings)
    return Done(told)


def chart_inputs(run: Run) -> Mapping[str, str]:
    """What a release takes from files."""
    return {
        "chart": tree_digest(run.root, (str(CHART),)),
        "measured sizes": file_digest(sizes_path(run.options)),
        **{path.name: file_digest(path) for path in run.options.values},
    }
