// What the official TypeScript client sees: node flow.mjs ADDRESS TOKEN; the steps as JSON on standard output.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [address, token] = process.argv.slice(2);

async function connected(headers) {
  const client = new Client({ name: "flow", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers } }));
  return client;
}

async function refusal(headers) {
  try {
    await connected(headers);
    return null;
  } catch (error) {
    return String(error.message ?? error);
  }
}

const client = await connected({ Authorization: `Bearer ${token}` });
const call = async (name, args) => client.callTool({ name, arguments: args });
const steps = {
  refused: await refusal({}),
  refusedWrong: await refusal({ Authorization: "Bearer todo_wrong" }),
  server: client.getServerVersion(),
  capabilities: client.getServerCapabilities(),
  ping: await client.ping(),
  tools: (await client.listTools()).tools.map((tool) => tool.name),
  rehearsed: await call("add_task", { title: "never made", dry_run: true }),
  empty: await call("list_tasks", {}),
  added: await call("add_task", { user_id: "someone", title: "from TypeScript", due: "2030-01-01" }),
  completed: await call("complete_task", { task_id: 1 }),
  wrong: await call("complete_task", { task_id: 99 }),
  resources: (await client.listResources()).resources.map((resource) => resource.uri),
  read: await client.readResource({ uri: "todo://completed" }),
};
steps.undone = await call("undo", { undo_token: steps.completed.structuredContent.undo_token });
steps.listed = await call("list_tasks", { status: "pending" });
await client.close();
process.stdout.write(JSON.stringify(steps));
