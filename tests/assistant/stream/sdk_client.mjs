// Says one message through the AI SDK's own transport and reader, and prints the assistant's message as it then stands.
// argv: the folder of the page's packages, the backend's address, a session token, the conversation, the messages (JSON).
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [packages, address, token, chatId, messages] = process.argv.slice(2);
const { DefaultChatTransport, readUIMessageStream } = await import(
  pathToFileURL(createRequire(`${packages}/package.json`).resolve("ai")).href
);
const transport = new DefaultChatTransport({
  api: `${address}/api/chat/stream`,
  headers: { authorization: `Bearer ${token}` },
  body: { timezone: "Europe/Berlin" },
});
const history = JSON.parse(messages);
const stream = await transport.sendMessages({ trigger: "submit-message", chatId, messageId: undefined, messages: history });
let last;
const onError = (error) => {
  throw error;
};
const earlier = history.at(-1).role === "assistant" ? history.at(-1) : undefined;
for await (const message of readUIMessageStream({ stream, message: earlier, onError, terminateOnError: true })) last = message;
console.log(JSON.stringify(last));
