"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRef, useState, type ClipboardEvent } from "react";
import { HighlightedInput, LONGEST } from "@/components/chat/input/highlighted-input";
import { ReadingChips } from "@/components/chat/input/reading-chips";
import { Button } from "@/components/ui/button";
import type { Span } from "@/lib/api/types";
import { useReading } from "@/lib/chat/reading";
import { useDraft } from "@/lib/shell/drafts";
import { NEW_TASK_INPUT } from "@/lib/shell/ui";
import { blockOf, linesOf, MANY, type Line } from "@/lib/tasks/lines";
import type { Here, View } from "@/lib/tasks/views";
import { addTyped } from "@/lib/tasks/write";
import { PasteDialog } from "./paste-dialog";

const READING = "new-task-reading";

/** The line that adds tasks to the view it stands in, read as the chat reads. What could not be saved comes back into it. */
export function QuickAdd({ view, here }: { view: View; here: Here }) {
  const client = useQueryClient();
  const [text, setText] = useDraft("new-task");
  const [pasted, setPasted] = useState<Line[] | null>(null);
  const { spans, plain, reject } = useReading(text, "tasks");
  const input = useRef<HTMLTextAreaElement>(null);
  const lines = linesOf(text, plain);
  const submit = () => {
    if (lines.length === 0) return input.current?.focus();
    setText("");
    void addTyped(client, lines, { view, here }, () => {
      if (!input.current?.value.trim()) setText(text);
    });
  };
  const rejectAndReturn = (span: Span) => {
    reject(span);
    input.current?.focus();
  };
  const onPaste = (event: ClipboardEvent) => {
    const clipboard = event.clipboardData.getData("text/plain");
    const many = blockOf(clipboard);
    if (many.length <= MANY && clipboard.length <= LONGEST) return;
    event.preventDefault();
    setPasted(many);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className="mb-5 rounded-xl border bg-surface px-1.5 transition-colors focus-within:border-accent hover:border-line-strong"
    >
      <div className="flex items-start gap-1">
        <span className="grid size-9 h-12 shrink-0 place-items-center max-md:h-14 max-md:w-11">
          <Plus aria-hidden className="size-4.5 text-accent-text" />
        </span>
        <div className="-ml-3.5 flex min-w-0 flex-1">
          <HighlightedInput
            id={NEW_TASK_INPUT}
            label="New task"
            placeholder="Add a task, like “water the plants tomorrow at 6pm #garden”"
            describedBy={READING}
            enterKey="done"
            text={text}
            spans={spans}
            inputRef={input}
            onText={setText}
            onSubmit={submit}
            onReject={rejectAndReturn}
            onPaste={onPaste}
          />
        </div>
        {lines.length > 0 && (
          <Button type="submit" variant="primary" size="small" className="my-2 max-md:my-1.5">
            {lines.length > 1 ? `Add ${lines.length}` : "Add"}
          </Button>
        )}
      </div>
      <ReadingChips id={READING} text={text} spans={spans} onReject={rejectAndReturn} />
      <PasteDialog lines={pasted} view={view} here={here} onClose={() => setPasted(null)} />
    </form>
  );
}
