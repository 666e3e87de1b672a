"""Options that may stand before or after the command."""

from typing import Any

from typer.core import TyperGroup


class AnyOrder(TyperGroup):
    """Takes the options that all commands share after the command's name as well as before it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        takes_value = {name: not getattr(option, "is_flag", False) for option in self.params for name in option.opts}
        first, rest, words = [], [], iter(args)
        for word in words:
            name = word.split("=", 1)[0]
            if name not in takes_value or name == "--help":
                rest.append(word)
                continue
            first.append(word)
            if takes_value[name] and "=" not in word:
                first += [value for value in (next(words, None),) if value is not None]
        return super().parse_args(ctx, [*first, *rest])
