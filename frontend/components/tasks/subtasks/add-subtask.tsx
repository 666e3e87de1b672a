"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react";
import type { Task } from "@/lib/api/types";
import { useStore } from "@/lib/shell/store";
import { growingTask, rowId, subtaskInputId } from "@/lib/shell/ui";
import { blockOf, linesOf, type Line } from "@/lib/tasks/lines";
import type { Here } from "@/lib/tasks/views";
import { addTyped } from "@/lib/tasks/write";

const LONGEST = 500;
const VIEW = { kind: "all" } as const;

/** The line that adds to a task's checklist: Enter adds and stays for the next one, pasted lines are added at once. */
export function AddSubtask({ parent, here, autoFocus = true }: { parent: Task; here: Here; autoFocus?: boolean }) {
  const client = useQueryClient();
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const growing = useStore(growingTask);
  useEffect(() => {
    if (!autoFocus || growing !== parent.id) return;
    growingTask.set(null);
    input.current?.focus();
  }, [growing, parent.id, autoFocus]);
  const add = (lines: Line[]) => {
    const typed = text;
    setText("");
    void addTyped(client, lines, { view: VIEW, here, parent }, () => setText((now) => now || typed));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      if (text.trim()) add(linesOf(text));
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setText("");
      document.getElementById(rowId(parent.id))?.focus();
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const lines = blockOf(event.clipboardData.getData("text/plain"));
    if (lines.length < 2) return;
    event.preventDefault();
    add(lines);
  };
  return (
    <div className="flex items-center gap-1 text-muted">
      <span className="grid size-9 shrink-0 place-items-center max-md:size-11">
        <Plus aria-hidden className="size-4" />
      </span>
      <input
        ref={input}
        id={subtaskInputId(parent.id)}
        aria-label={`New subtask of ${parent.title}`}
        placeholder="Add a subtask"
        enterKeyHint="done"
        autoComplete="off"
        maxLength={LONGEST}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        className="min-w-0 flex-1 rounded bg-transparent py-1.5 text-sm text-ink outline-none placeholder:text-muted max-md:min-h-11 max-md:text-base"
      />
    </div>
  );
}
