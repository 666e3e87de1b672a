"""The document's examples: every body has one, and each is what its schema says."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from backend.examples import EXAMPLES
from backend.main import app

DOCUMENT = app.openapi()
OPERATIONS = [operation for methods in DOCUMENT["paths"].values() for operation in methods.values()]
# A file of any format, what a browser's own program made, and what a page of the server's own posts.
WITHOUT = {"RegistrationBody", "AuthenticationBody", "Body_reset_password_by_page"}


def names_in(schema: dict[str, Any]) -> set[str]:
    parts = [schema, *schema.get("anyOf", []), *schema.get("oneOf", [])]
    return {part["$ref"].rpartition("/")[2] for part in parts if "$ref" in part}


def test_every_body_has_an_example() -> None:
    contents = [content for one in OPERATIONS for content in one.get("requestBody", {}).get("content", {}).values()]
    assert {name for content in contents for name in names_in(content["schema"])} - WITHOUT <= set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_what_its_schema_says(name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    assert [error.message for error in Draft202012Validator(schema).iter_errors(EXAMPLES[name])] == []


def test_every_error_has_an_example() -> None:
    for operation in OPERATIONS:
        for status, answer in operation["responses"].items():
            content = answer.get("content", {}).get("application/problem+json")
            assert content is None or content["example"]["status"] == int(status), operation["operationId"]
