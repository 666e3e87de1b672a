"""The sizes that a run measured (T031), kept with the run: values between the chart's own and the person's files."""

from pathlib import Path

from orchestrator.options import Options


def sizes_path(options: Options) -> Path:
    """Where the sizes of this place are kept, whether there are any or not."""
    return options.home / "sizes" / f"{options.place.replace('/', '-')}.yaml"


def sizes_name(options: Options) -> str:
    """Its path in the tree, as helm's command line and the audit log have it."""
    return sizes_path(options).relative_to(options.root).as_posix()


def sizes_files(options: Options) -> tuple[Path, ...]:
    """The values file with the sizes, relative to the root; none before any were measured."""
    return (Path(sizes_name(options)),) if sizes_path(options).exists() else ()
