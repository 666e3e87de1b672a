"""What the conformance suite of MCP asks a server for by name: its own example tools, resources and prompts.

The server itself has none of them. They are answered beside its own, through its gate and its transport.
"""

import json
import re
from collections.abc import Callable
from typing import Any

import mcp_types as types
from mcp.server.lowlevel.server import Server

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
SILENCE = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA="
_PNG, _PLAIN, _JSON = "image/png", "text/plain", "application/json"
_TEMPLATE = re.compile("test://template/([^/]{1,100})/data")


def _text(text: str) -> types.TextContent:
    return types.TextContent(text=text)


def _image() -> types.ImageContent:
    return types.ImageContent(data=PIXEL, mime_type=_PNG)


def _embedded(uri: str, text: str, mime_type: str = _PLAIN) -> types.EmbeddedResource:
    return types.EmbeddedResource(resource=types.TextResourceContents(uri=uri, mime_type=mime_type, text=text))


_MIXED = '{"test":"data","value":123}'
_CONTENTS: dict[str, list[types.ContentBlock]] = {
    "test_simple_text": [_text("This is a simple text response for testing.")],
    "test_image_content": [_image()],
    "test_audio_content": [types.AudioContent(data=SILENCE, mime_type="audio/wav")],
    "test_embedded_resource": [_embedded("test://embedded-resource", "This is an embedded resource content.")],
    "test_multiple_content_types": [
        _text("Multiple content types test:"),
        _image(),
        _embedded("test://mixed-content-resource", _MIXED, _JSON),
    ],
    "test_error_handling": [_text("This tool intentionally returns an error for testing")],
}
TOOLS = [
    types.Tool(name=name, description="Of the conformance suite", input_schema={"type": "object"}) for name in _CONTENTS
]


def call_tool(params: types.CallToolRequestParams) -> types.CallToolResult | None:
    """The answer of a tool of the suite's; None for another."""
    content = _CONTENTS.get(params.name)
    return types.CallToolResult(content=content, is_error=params.name == "test_error_handling") if content else None


def read_resource(params: types.ReadResourceRequestParams) -> types.ReadResourceResult | None:
    uri = params.uri
    if uri == "test://static-text":
        return _resource(uri, _PLAIN, "This is the content of the static text resource.")
    if uri == "test://static-binary":
        blob = types.BlobResourceContents(uri=uri, mime_type=_PNG, blob=PIXEL)
        return types.ReadResourceResult(contents=[blob])
    if found := _TEMPLATE.fullmatch(uri):
        data = {"id": found[1], "templateTest": True, "data": f"Data for ID: {found[1]}"}
        return _resource(uri, _JSON, json.dumps(data))
    return None


def get_prompt(params: types.GetPromptRequestParams) -> types.GetPromptResult | None:
    maker = _PROMPTS.get(params.name)
    if maker is None:
        return None
    messages = [types.PromptMessage(role="user", content=content) for content in maker(params.arguments or {})]
    return types.GetPromptResult(messages=messages)


def complete(params: types.CompleteRequestParams) -> types.CompleteResult | None:
    """Of an argument of a prompt of the suite's."""
    if getattr(params.ref, "name", None) not in _PROMPTS:
        return None
    words = [word for word in ("paris", "park", "party") if word.startswith(params.argument.value)]
    return types.CompleteResult(completion=types.Completion(values=words, total=len(words), has_more=False))


def _with_tools(own: types.ListToolsResult) -> types.ListToolsResult:
    """The server's own tools, then the suite's."""
    return types.ListToolsResult(tools=[*own.tools, *TOOLS])


def _resource(uri: str, mime_type: str, text: str) -> types.ReadResourceResult:
    return types.ReadResourceResult(contents=[types.TextResourceContents(uri=uri, mime_type=mime_type, text=text)])


_PROMPTS: dict[str, Callable[[dict[str, str]], list[Any]]] = {
    "test_simple_prompt": lambda _given: [_text("This is a simple prompt for testing.")],
    "test_prompt_with_arguments": lambda given: [
        _text(f"Prompt with arguments: arg1='{given.get('arg1')}', arg2='{given.get('arg2')}'")
    ],
    "test_prompt_with_embedded_resource": lambda given: [
        _embedded(given.get("resourceUri", ""), "Embedded resource content for testing."),
        _text("Please process the embedded resource above."),
    ],
    "test_prompt_with_image": lambda _given: [_image(), _text("Please analyze the image above.")],
}
_ANSWERS: dict[str, Callable[[Any], types.Result | None]] = {
    "tools/call": call_tool,
    "resources/read": read_resource,
    "prompts/get": get_prompt,
    "completion/complete": complete,
}


def with_fixtures(server: Server[Any]) -> Server[Any]:
    """The same server; what it is asked for of the suite's own, the fixtures answer."""
    for method, answer in _ANSWERS.items():
        _put_before(server, method, answer)
    listed = server.get_request_handler("tools/list")
    assert listed is not None  # noqa: S101  (the server has tools)

    async def list_tools(context: Any, params: Any) -> types.ListToolsResult:
        own: Any = await listed.handler(context, params)
        return _with_tools(own)

    server.add_request_handler("tools/list", listed.params_type, list_tools)
    return server


def _put_before(server: Server[Any], method: str, answer: Callable[[Any], types.Result | None]) -> None:
    own = server.get_request_handler(method)
    assert own is not None, method  # noqa: S101  (the server answers all four)

    async def handle(context: Any, params: Any) -> Any:
        return answer(params) or await own.handler(context, params)

    server.add_request_handler(method, own.params_type, handle)
