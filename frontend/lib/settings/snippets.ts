/** What to paste where, so that another program can use the list: the same as in docs/mcp.md. */

export interface Snippet {
  key: string;
  name: string;
  /** Where it goes. */
  place: string;
  text: (origin: string, token: string) => string;
}

const desktop = (origin: string, token: string) => `{
  "mcpServers": {
    "todo": {
      "command": "/path/to/todo-chatbot/todo",
      "args": ["mcp"],
      "env": {
        "TODO_URL": "${origin}",
        "TODO_TOKEN": "${token}"
      }
    }
  }
}`;

const vscode = (origin: string, token: string) => `{
  "servers": {
    "todo": {
      "type": "http",
      "url": "${origin}/mcp",
      "headers": { "Authorization": "Bearer ${token}" }
    }
  }
}`;

const cursor = (origin: string, token: string) => `{
  "mcpServers": {
    "todo": {
      "url": "${origin}/mcp",
      "headers": { "Authorization": "Bearer ${token}" }
    }
  }
}`;

const python = (origin: string, token: string) => `import asyncio

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client


async def main() -> None:
    headers = {"Authorization": "Bearer ${token}"}
    async with (
        httpx2.AsyncClient(headers=headers) as http,
        Client(streamable_http_client("${origin}/mcp", http_client=http)) as todo,
    ):
        added = await todo.call_tool("add_task", {"title": "Buy milk", "priority": "high"})
        print(added.structured_content)
        pending = await todo.call_tool("list_tasks", {"status": "pending"})
        print(pending.structured_content)


asyncio.run(main())`;

const typescript = (origin: string, token: string) => `import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const requestInit = { headers: { Authorization: "Bearer ${token}" } };
const todo = new Client({ name: "my-script", version: "1" });
await todo.connect(new StreamableHTTPClientTransport(new URL("${origin}/mcp"), { requestInit }));

const added = await todo.callTool({ name: "add_task", arguments: { title: "Buy milk", priority: "high" } });
console.log(JSON.stringify(added.structuredContent));
const pending = await todo.callTool({ name: "list_tasks", arguments: { status: "pending" } });
console.log(JSON.stringify(pending.structuredContent));
await todo.close();`;

const shell = (origin: string, token: string) => `curl -s ${origin}/mcp \\
  -H "Authorization: Bearer ${token}" \\
  -H "Content-Type: application/json" \\
  -H "Accept: application/json" \\
  -d '{"jsonrpc": "2.0", "id": 1, "method": "tools/call",
       "params": {"name": "add_task", "arguments": {"title": "Buy milk"}}}'`;

export const SNIPPETS: Snippet[] = [
  { key: "desktop", name: "Desktop assistant", place: "Claude Desktop: claude_desktop_config.json, with the path of your checkout", text: desktop },
  { key: "vscode", name: "VS Code", place: ".vscode/mcp.json in your workspace", text: vscode },
  { key: "cursor", name: "Cursor", place: ".cursor/mcp.json in your project", text: cursor },
  { key: "python", name: "Python", place: "After pip install mcp", text: python },
  { key: "typescript", name: "TypeScript", place: "After npm install @modelcontextprotocol/sdk, as an ES module", text: typescript },
  { key: "shell", name: "curl", place: "In a shell", text: shell },
];

/** Stands for a token where none was just made. */
export const PLACEHOLDER = "todo_YOUR_TOKEN";
