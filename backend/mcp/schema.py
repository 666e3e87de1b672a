"""Argument models as JSON Schema, without what costs a model tokens and tells it nothing."""

from typing import Any

from pydantic import BaseModel

Schema = dict[str, Any]
_USELESS = {"title", "examples", "format", "additionalProperties", "maxLength", "anyOf", "$defs"}
# What is said in words where its schema would cost more than all else of a tool.
_IN_WORDS: dict[str, Schema] = {
    "Reminder": {
        "type": "object",
        "description": "before (ISO 8601) or at (local); zone, again {every, until, times}, urgent",
    },
    "NewTask": {"type": "object", "required": ["title"], "description": "Fields as add_task takes them"},
}
_CONTRACT = {"user_id"}  # in the hackathon's contract, so shown by its tools alone


def input_schema(model: type[BaseModel], *, shows_user_id: bool, shows_null: bool) -> Schema:
    """The model's schema with its references resolved, what is required first.

    An optional argument may be null everywhere; ``shows_null`` says so where null means something.
    """
    schema = model.model_json_schema()
    compacted = _compact(schema, schema.get("$defs", {}), shows_null=shows_null)
    hidden = set() if shows_user_id else _CONTRACT
    compacted["properties"] = {name: item for name, item in compacted["properties"].items() if name not in hidden}
    return compacted


def _compact(schema: Schema, definitions: dict[str, Schema], *, shows_null: bool) -> Schema:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name in _IN_WORDS:
            return _IN_WORDS[name]
        schema = definitions[name]
    option = _beside_null(schema)
    if "$ref" in option:
        option = definitions[option["$ref"].rpartition("/")[2]]
    kept = {name: value for name, value in {**option, **schema}.items() if not _is_noise(name, value)}
    if "items" in kept:
        kept["items"] = _compact(kept["items"], definitions, shows_null=False)
    if "properties" in kept:
        kept.pop("description", None)  # the model's docstring: for us
        names = sorted(kept["properties"], key=lambda name: name not in kept.get("required", []))
        kept["properties"] = {
            name: _compact(kept["properties"][name], definitions, shows_null=shows_null) for name in names
        }
    return _with_null(kept) if option and shows_null else kept


def _is_noise(name: str, value: object) -> bool:
    return name in _USELESS or value in ("", None) or (name == "default" and value is False)


def _beside_null(schema: Schema) -> Schema:
    """What stands beside null in a schema of something optional."""
    options: list[Schema] = [option for option in schema.get("anyOf", []) if option.get("type") != "null"]
    return options[0] if options else {}


def _with_null(schema: Schema) -> Schema:
    values = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": [*kinds, "null"], **values}
