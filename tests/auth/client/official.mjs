// Better Auth itself, over a database in memory, as the measure: argv is the port, the base address and the secret.
// Answers GET /tables with its rows and GET /mails with what it mailed, beside its own protocol under /api/auth.
import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { toNodeHandler } from "better-auth/node";
import { bearer, twoFactor } from "better-auth/plugins";
import { passkey } from "@better-auth/passkey";

const [port, baseURL, secret] = process.argv.slice(2);
const mails = [];
const tables = { user: [], session: [], account: [], verification: [], twoFactor: [], passkey: [] };
const auth = betterAuth({
  baseURL,
  secret,
  database: memoryAdapter(tables),
  emailAndPassword: {
    enabled: true,
    revokeSessionsOnPasswordReset: true,
    sendResetPassword: async ({ user, url }) => mails.push({ to: user.email, url }),
  },
  emailVerification: { sendVerificationEmail: async ({ user, url }) => mails.push({ to: user.email, url }) },
  user: {
    deleteUser: { enabled: true },
    changeEmail: {
      enabled: true,
      sendChangeEmailConfirmation: async ({ user, url }) => mails.push({ to: user.email, url }),
    },
  },
  appName: "Todo Chatbot",
  plugins: [bearer(), twoFactor(), passkey()],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
});
const handle = toNodeHandler(auth);

createServer((request, response) => {
  const shown = { "/tables": tables, "/mails": mails }[request.url];
  if (!shown) return handle(request, response);
  response.setHeader("content-type", "application/json");
  return response.end(JSON.stringify(shown));
}).listen(Number(port), "127.0.0.1", () => console.log("listening"));
