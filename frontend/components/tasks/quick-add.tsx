"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRef, type FormEvent, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { useDraft } from "@/lib/shell/drafts";
import { NEW_TASK_INPUT } from "@/lib/shell/ui";
import { defaultsFor, type Here, type View } from "@/lib/tasks/views";
import { addTask } from "@/lib/tasks/write";

const LONGEST_TITLE = 500;

/** One line that adds a task to the view it stands in. What could not be saved comes back into it. */
export function QuickAdd({ view, here }: { view: View; here: Here }) {
  const client = useQueryClient();
  const [title, setTitle] = useDraft("new-task");
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const trimmed = title.trim();
    if (!trimmed) return input.current?.focus();
    setTitle("");
    void addTask(client, { title: trimmed, ...defaultsFor(view, here) }, (lost) => {
      if (!input.current?.value.trim()) setTitle(lost);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") input.current?.blur();
  };
  return (
    <form
      onSubmit={submit}
      className="mb-5 flex items-center gap-1 rounded-xl border bg-surface px-1.5 transition-colors focus-within:border-accent hover:border-line-strong"
    >
      <span className="grid size-9 shrink-0 place-items-center max-md:size-11">
        <Plus aria-hidden className="size-4.5 text-accent-text" />
      </span>
      <input
        ref={input}
        id={NEW_TASK_INPUT}
        aria-label="New task"
        placeholder="Add a task"
        autoComplete="off"
        enterKeyHint="done"
        maxLength={LONGEST_TITLE}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-11 min-w-0 flex-1 bg-transparent outline-none max-md:text-base"
      />
      {title.trim() && (
        <Button type="submit" variant="primary" size="small">
          Add
        </Button>
      )}
    </form>
  );
}
