// The official TypeScript client over stdio: node infra.mjs PROGRAM ARGUMENTS… prints what it saw, as JSON.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const [command, ...args] = process.argv.slice(2);
const client = new Client({ name: "typescript", version: "1" }, { capabilities: { elicitation: {} } });
const asked = [];
client.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
  asked.push(params.message);
  return { action: "accept", content: { approve: true } };
});
await client.connect(new StdioClientTransport({ command, args, env: process.env, stderr: "inherit" }));
const progress = [];
const { tools } = await client.listTools();
const plan = await client.callTool({ name: "plan", arguments: {} });
const rollback = await client.callTool({ name: "rollback", arguments: {} }, undefined, {
  onprogress: (one) => progress.push(one.progress),
});
await client.close();
console.log(
  JSON.stringify({ server: client.getServerVersion(), tools: tools.map((tool) => tool.name), plan, rollback, asked }),
);
