"use client";

import { isToolPart, type ChatMessage } from "@/lib/api/chat";
import type { Outcome } from "@/lib/chat/outcome";
import { toldByCards, withoutTold } from "@/lib/chat/told";
import { ApprovalCard } from "./cards/approval-card";
import { Choices } from "./cards/choices";
import { QuietCall } from "./cards/quiet-call";
import { Receipt } from "./cards/receipt";
import { Prose } from "./prose";

export interface MessageProps {
  message: ChatMessage;
  /** How the message's question ended. */
  outcome: Outcome;
  /** Only the last message's questions can be answered. */
  active: boolean;
  onSay: (text: string, approval?: { id: string; approved: boolean }) => void;
}

/** The reply, then its receipt and its questions, in whatever order they came. */
function wordsFirst(left: ChatMessage["parts"][number], right: ChatMessage["parts"][number]): number {
  return Number(right.type === "text") - Number(left.type === "text");
}

export function Message({ message, outcome, active, onSay }: MessageProps) {
  if (message.role === "user") {
    const text = message.parts.map((part) => (part.type === "text" ? part.text : "")).join("\n");
    return (
      <li className="ml-auto w-fit max-w-[85%] rounded-2xl rounded-br-md bg-accent px-3.5 py-2 break-words whitespace-pre-wrap text-accent-ink dark:bg-accent-soft dark:text-ink">
        <span className="sr-only">You: </span>
        {text}
      </li>
    );
  }
  const asked = message.parts.some((part) => part.type === "data-approval");
  const told = toldByCards(message);
  const said = message.parts.map((part) => (part.type === "text" ? part.text : "")).join("\n");
  return (
    <li className="flex max-w-full flex-col items-start gap-2.5">
      <span className="sr-only">Assistant: </span>
      {[...message.parts].sort(wordsFirst).map((part, index) => (
        <Part key={index} part={part} brief={asked} told={told} said={said} outcome={outcome} active={active} onSay={onSay} />
      ))}
    </li>
  );
}

interface PartProps extends Omit<MessageProps, "message"> {
  part: ChatMessage["parts"][number];
  /** Leave out the text's list: the card below has it. */
  brief: boolean;
  /** Sentences that the cards below tell already. */
  told: ReadonlySet<string>;
  /** All of the message's text. */
  said: string;
}

function Part({ part, brief, told, said, outcome, active, onSay }: PartProps) {
  if (isToolPart(part)) return <QuietCall part={part} said={said} />;
  switch (part.type) {
    case "text":
      return <Prose text={withoutTold(part.text, told)} withLists={!brief} />;
    case "data-receipt":
      return <Receipt receipt={part.data} />;
    case "data-choices":
      return <Choices choices={part.data.choices} active={active} onChoose={({ number }) => onSay(String(number))} />;
    case "data-approval":
      return (
        <ApprovalCard
          approval={part.data}
          active={active}
          outcome={outcome}
          onAnswer={(approved) => onSay(approved ? "Yes" : "No", { id: part.data.id, approved })}
        />
      );
    default:
      return null;
  }
}
