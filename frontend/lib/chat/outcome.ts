import type { ChatMessage } from "@/lib/api/chat";

/** How a question before a change ended, as far as the conversation goes; null while nothing followed it. */
export type Outcome = "done" | "declined" | "passed over" | null;

const NO = /^(no|n|nope|don.t|cancel|stop|never ?mind|leave)\b/i;

const textOf = (message: ChatMessage): string => message.parts.map((part) => (part.type === "text" ? part.text : "")).join("").trim();

/** How the question in the message at `index` ended: a receipt follows a yes, and only then was anything changed. */
export function outcomeOf(messages: ChatMessage[], index: number): Outcome {
  const [answer, reply] = messages.slice(index + 1, index + 3);
  if (answer?.role !== "user") return null;
  if (NO.test(textOf(answer))) return "declined";
  if (!reply) return null;
  return /^y/i.test(textOf(answer)) || reply.parts.some(({ type }) => type === "data-receipt") ? "done" : "passed over";
}
