"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ChatMessage, TurnExtras } from "@/lib/api/chat";
import { ApiError, failureMessage } from "@/lib/api/http";
import type { User } from "@/lib/api/types";
import { useLazyChat, type EngineProps } from "@/lib/chat/engine";
import { outcomeOf } from "@/lib/chat/outcome";
import { UndoneProvider } from "@/lib/chat/undone";
import { reachable } from "@/lib/shell/connection";
import { randomId } from "@/lib/shell/identifiers";
import { useStore } from "@/lib/shell/store";
import { readDraft, saveDraft, useDraft } from "@/lib/shell/drafts";
import { CHAT_INPUT, chatOpen, focusSoon } from "@/lib/shell/ui";
import { applyChanges } from "@/lib/tasks/cache";
import { NotifyOffer } from "@/components/reminders/notify-offer";
import { ReminderCards } from "@/components/reminders/reminder-cards";
import { Composer } from "./input/composer";
import { Message } from "./message";
import { Suggestions } from "./suggestions";

/** Where a text stands between being sent and being answered: a lost session or a reload takes the page away meanwhile. */
const SENDING = "sending";

/** How long, in ms, a failure is told where all else goes well: other requests may arrive in the same moment. */
const TOLD = 6000;

interface ConversationProps {
  id: string;
  initial: ChatMessage[];
  user: User;
  /** On a phone the messages are folded away until the chat is opened; the input always stays. */
  unfolded: boolean;
}

const textOf = (message: ChatMessage): string => message.parts.map((part) => (part.type === "text" ? part.text : "")).join("");

export function Conversation({ id, initial, user, unfolded }: ConversationProps) {
  const client = useQueryClient();
  const [draft, setDraft] = useDraft("chat");
  useGivenBack(initial, setDraft);
  const draftNow = useRef(draft);
  draftNow.current = draft;
  /** The message whose sending failed: sent again under its id, the server does it once only. */
  const [unsent, setUnsent] = useState<{ id: string; text: string } | null>(null);
  const onData = useCallback<EngineProps["onData"]>(
    (part) => {
      if (part.type === "data-receipt") applyChanges(client, part.data.changes);
    },
    [client],
  );
  const chat = useLazyChat({ id, initial, onFinish: settleSent, onData });
  const { messages, drop, status, error, clearError } = chat;
  const dropUnsent = useRef(drop);
  dropUnsent.current = drop;
  const busy = status === "submitted" || status === "streaming";

  useEffect(() => {
    const last = messages.at(-1);
    if (!error || last?.role !== "user") return;
    // Nothing came back: the text returns to the input, unless something else was typed meanwhile.
    setUnsent({ id: last.id, text: textOf(last) });
    dropUnsent.current(last.id);
    if (!draftNow.current.trim()) setDraft(textOf(last));
    saveDraft(SENDING, "");
  }, [error, messages, setDraft]);

  const online = useStore(reachable);
  const isLost = error !== undefined && (!(error instanceof ApiError) || error.unreachable);
  const clear = useRef(clearError);
  clear.current = clearError;
  useEffect(() => {
    // That nothing could be sent is soon no longer so; an answer that was refused for another reason stays refused.
    if (!online || !isLost) return;
    const timer = setTimeout(() => clear.current(), TOLD);
    return () => clearTimeout(timer);
  }, [online, error, isLost]);

  const say = (text: string, extras: TurnExtras = {}) => {
    const again = unsent?.text === text ? unsent.id : null;
    setUnsent(null);
    chatOpen.set(true);
    saveDraft("conversation", id);
    const message: ChatMessage = { id: again ?? randomId(), role: "user", parts: [{ type: "text", text }] };
    chat.send(message, extras);
  };
  const send = (text: string, plain: [number, number][]) => {
    setDraft("");
    saveDraft(SENDING, text);
    say(text, plain.length > 0 ? { plain } : {});
  };
  const stop = () => {
    saveDraft(SENDING, "");
    chat.stop();
  };
  const isUnsent = unsent !== null || messages.at(-1)?.role !== "assistant";
  const changed = messages.some(({ parts }) => parts.some(({ type }) => type === "data-receipt"));
  return (
    <UndoneProvider conversation={id} stored={changed}>
      <div className={unfolded ? "flex min-h-0 flex-1 flex-col" : "hidden min-h-0 flex-1 flex-col md:flex"}>
        <Messages messages={messages} busy={busy} onSay={(text, approval) => say(text, approval ? { approval } : {})}>
          {messages.length === 0 && !busy && (
            <Suggestions
              name={user.name.split(" ")[0] ?? ""}
              onPick={(text) => {
                setDraft(text);
                focusSoon(CHAT_INPUT);
              }}
            />
          )}
        </Messages>
      </div>
      <div className="shrink-0 px-3 pb-3 md:px-4 md:pb-4" onFocus={chat.prepare}>
        {chat.engine}
        {error && (
          <p role="alert" className="mb-2 rounded-xl bg-danger-soft px-3.5 py-2 text-sm text-danger">
            {isUnsent ? "Not sent. " : "The answer broke off; what was done is in the list. "}
            {failureMessage(error)}
          </p>
        )}
        <div className="mb-2 flex flex-col gap-2 empty:hidden has-[>ol:empty:only-child]:hidden">
          <ReminderCards />
          <NotifyOffer user={user} />
        </div>
        <Composer text={draft} busy={busy} onText={setDraft} onSend={send} onStop={stop} />
      </div>
    </UndoneProvider>
  );
}

/** Leaving the page, as at the end of a session, counts as an abort: what was sent is then still unanswered. */
const settleSent: EngineProps["onFinish"] = ({ isError, isAbort }) => {
  if (!isError && !isAbort) saveDraft(SENDING, "");
};

/** Give back a text that was sent from a page that is gone, unless it arrived. */
function useGivenBack(initial: ChatMessage[], setDraft: (text: string) => void): void {
  useEffect(() => {
    const text = readDraft(SENDING);
    const arrived = initial.some((message) => message.role === "user" && textOf(message) === text);
    if (text && !arrived && !readDraft("chat")) setDraft(text);
    saveDraft(SENDING, "");
  }, [initial, setDraft]);
}

interface MessagesProps {
  messages: ChatMessage[];
  busy: boolean;
  onSay: (text: string, approval?: { id: string; approved: boolean }) => void;
  children: React.ReactNode;
}

function Messages({ messages, busy, onSay, children }: MessagesProps) {
  const log = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [messages, busy]);
  const waiting = busy && (messages.at(-1)?.role === "user" || messages.at(-1)?.parts.length === 0);
  return (
    <div ref={log} role="log" aria-label="Conversation" tabIndex={0} className="flex min-h-0 flex-1 flex-col overflow-y-auto px-4 pt-2 pb-4 focus-visible:outline-offset-[-2px]">
      {children}
      {messages.length > 0 && (
        <ol className="mt-auto flex flex-col gap-4">
          {messages.map((message, index) => (
            <Message
              key={message.id}
              message={message}
              outcome={outcomeOf(messages, index)}
              active={!busy && index === messages.length - 1}
              onSay={onSay}
            />
          ))}
          {waiting && (
            <li role="status" aria-label="The assistant is answering" className="flex h-6 items-center gap-1">
              {[0, 150, 300].map((delay) => (
                <span key={delay} style={{ animationDelay: `${delay}ms` }} className="size-1.5 animate-pulse rounded-full bg-muted" />
              ))}
            </li>
          )}
        </ol>
      )}
    </div>
  );
}
