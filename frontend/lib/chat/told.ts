import { isToolPart, type ChatMessage } from "@/lib/api/chat";

/** What a card can't show: that a series is over, or that the list was put back as a whole. */
const ADDS = /\b(ended|last time|as it was|were not|was not|could not)\b/i;
const QUOTED = /"[^"\n]*"/g;

/** The sentences of a turn's calls that the cards of its receipt tell already, each with its fields and its undo. */
export function toldByCards({ parts }: ChatMessage): ReadonlySet<string> {
  if (!parts.some(({ type }) => type === "data-receipt")) return new Set();
  const summaries = parts.filter(isToolPart).flatMap(({ output }) => {
    const { status, summary } = (output ?? {}) as { status?: string; summary?: string };
    return status === "done" && summary && !ADDS.test(summary.replace(QUOTED, "")) ? [summary] : [];
  });
  return new Set(summaries);
}

export function withoutTold(text: string, told: ReadonlySet<string>): string {
  return text
    .split("\n")
    .filter((line) => !told.has(line.trim()))
    .join("\n");
}
