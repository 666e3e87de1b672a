// Better Auth itself, over a database in memory, as the measure: argv is the port, the base address and the secret.
// Answers GET /tables with its rows, beside its own protocol under /api/auth.
import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { toNodeHandler } from "better-auth/node";
import { bearer } from "better-auth/plugins";

const [port, baseURL, secret] = process.argv.slice(2);
const tables = { user: [], session: [], account: [], verification: [] };
const auth = betterAuth({
  baseURL,
  secret,
  database: memoryAdapter(tables),
  emailAndPassword: { enabled: true },
  user: { deleteUser: { enabled: true } },
  plugins: [bearer()],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
});
const handle = toNodeHandler(auth);

createServer((request, response) => {
  if (request.url !== "/tables") return handle(request, response);
  response.setHeader("content-type", "application/json");
  return response.end(JSON.stringify(tables));
}).listen(Number(port), "127.0.0.1", () => console.log("listening"));
