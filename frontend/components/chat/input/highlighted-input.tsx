"use client";

import { useRef, type ClipboardEvent, type KeyboardEvent, type RefObject } from "react";
import type { Span } from "@/lib/api/types";
import { pieces } from "@/lib/chat/ranges";

/** The longest text that is read, in characters. */
export const LONGEST = 10_000;
/** Both layers must break lines alike. */
const TEXT = "px-3.5 py-3 break-words whitespace-pre-wrap leading-6 max-md:py-4 max-md:text-base";

interface HighlightedInputProps {
  id: string;
  label: string;
  placeholder: string;
  /** The id of the list that says what the marks mean. */
  describedBy: string;
  /** What the Enter key of a phone says. */
  enterKey: "send" | "done";
  text: string;
  spans: Span[];
  inputRef: RefObject<HTMLTextAreaElement | null>;
  onText: (text: string) => void;
  onSubmit: () => void;
  onReject: (span: Span) => void;
  onPaste?: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
}

/** A text area with marks over the words that are read as more than words; a click on a mark takes it away. */
export function HighlightedInput(props: HighlightedInputProps) {
  const { id, label, placeholder, describedBy, enterKey, text, spans, inputRef, onText, onSubmit, onReject, onPaste } = props;
  const marks = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") event.currentTarget.blur();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    onSubmit();
  };
  return (
    <div className="relative min-w-0 flex-1 overflow-hidden">
      <textarea
        ref={inputRef}
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        placeholder={placeholder}
        autoComplete="off"
        rows={1}
        maxLength={LONGEST}
        enterKeyHint={enterKey}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onScroll={(event) => {
          if (marks.current) marks.current.scrollTop = event.currentTarget.scrollTop;
        }}
        className={`${TEXT} block field-sizing-content max-h-40 w-full resize-none overflow-y-auto bg-transparent outline-none [scrollbar-width:none]`}
      />
      <div
        ref={marks}
        aria-hidden
        className={`${TEXT} pointer-events-none absolute inset-0 overflow-hidden text-transparent select-none`}
      >
        {pieces(text, spans).map(({ text: piece, range }, index) =>
          range ? (
            <mark
              key={index}
              title={`${range.label}. Click to keep it as plain words.`}
              onClick={() => onReject(range)}
              className="pointer-events-auto cursor-pointer rounded-[3px] bg-accent/18 text-transparent underline decoration-accent decoration-2 underline-offset-4 dark:bg-accent/25"
            >
              {piece}
            </mark>
          ) : (
            <span key={index}>{piece}</span>
          ),
        )}
        {"\u200b"}
      </div>
    </div>
  );
}
