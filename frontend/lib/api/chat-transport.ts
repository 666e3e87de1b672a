import { DefaultChatTransport } from "ai";
import type { ChatMessage } from "./chat";
import { browserZone, checkedFetch } from "./http";

/** The last message is enough: the server keeps the conversation. */
export const chatTransport = new DefaultChatTransport<ChatMessage>({
  api: "/api/chat/stream",
  fetch: checkedFetch as typeof fetch,
  prepareSendMessagesRequest: ({ id, messages, trigger, messageId, body }) => ({
    body: { ...body, id, trigger, messageId, messages: messages.slice(-1), timezone: browserZone() },
  }),
});
