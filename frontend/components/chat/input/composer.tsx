"use client";

import { ArrowUp, Square } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { useReading } from "@/lib/chat/reading";
import { CHAT_INPUT } from "@/lib/shell/ui";
import { HighlightedInput } from "./highlighted-input";
import { ReadingChips } from "./reading-chips";

const READING = "chat-reading";

interface ComposerProps {
  text: string;
  busy: boolean;
  onText: (text: string) => void;
  onSend: (text: string, plain: [number, number][]) => void;
  onStop: () => void;
}

/** Where one types to the assistant. While it answers, typing goes on and sending waits. */
export function Composer({ text, busy, onText, onSend, onStop }: ComposerProps) {
  const { spans, plain, reject } = useReading(text);
  const input = useRef<HTMLTextAreaElement>(null);
  const rejectAndReturn = (span: (typeof spans)[number]) => {
    reject(span);
    input.current?.focus();
  };
  const send = () => {
    if (text.trim() && !busy) onSend(text, plain);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="rounded-2xl border border-line-strong bg-surface shadow-[0_1px_3px_rgb(0_0_0/0.04)] transition-colors focus-within:border-accent"
    >
      <div className="flex items-end">
        <HighlightedInput
          id={CHAT_INPUT}
          label="Message to the assistant"
          placeholder="Tell me what to do…"
          describedBy={READING}
          enterKey="send"
          text={text}
          spans={spans}
          inputRef={input}
          onText={onText}
          onSubmit={send}
          onReject={rejectAndReturn}
        />
        <div className="p-1.5">
          {busy ? (
            <Button variant="ghost" size="icon" aria-label="Stop" className="size-9 rounded-xl max-md:size-11" onClick={onStop}>
              <Square className="fill-current" />
            </Button>
          ) : (
            <Button
              type="submit"
              variant="primary"
              size="icon"
              aria-label="Send"
              disabled={!text.trim()}
              className="size-9 rounded-xl max-md:size-11"
            >
              <ArrowUp />
            </Button>
          )}
        </div>
      </div>
      <ReadingChips id={READING} text={text} spans={spans} onReject={rejectAndReturn} />
    </form>
  );
}
