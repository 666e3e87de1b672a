import type { ChatMessage } from "@/lib/api/chat";

/** How a question before a change ended, as far as the conversation goes; null while nothing followed it. */
export type Outcome = "done" | "declined" | "passed over" | null;

const YES = /^(y|yes|yep|yeah|sure|ok|okay|do it|do that|go ahead|please do|please|confirm(ed)?|right)\b/i;
const NO = /^(no|n|nope|don.t|cancel|stop|never ?mind|leave)\b/i;

const textOf = (message: ChatMessage): string => message.parts.map((part) => (part.type === "text" ? part.text : "")).join("").trim();

/** How the question in the message at `index` ended, by what the person said next. */
export function outcomeOf(messages: ChatMessage[], index: number): Outcome {
  const answer = messages[index + 1];
  if (answer?.role !== "user") return null;
  if (NO.test(textOf(answer))) return "declined";
  return YES.test(textOf(answer)) ? "done" : "passed over";
}
