"""`./todo train`: what of the program is learnt from examples."""

from cli.lazy import Entry, lazy_app

app = lazy_app(
    (Entry(name="language", module="cli.training.language", summary="Train the judge of the built-in engine."),),
    no_args_is_help=True,
)


@app.callback()
def train() -> None:
    """Make anew what of the program is learnt from examples."""
