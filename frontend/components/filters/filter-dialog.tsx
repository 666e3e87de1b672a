"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FieldError, Input, Label } from "@/components/ui/field";
import { readFilter, type SavedFilter } from "@/lib/api/filters";
import { failureMessage } from "@/lib/api/http";
import { storeFilter } from "@/lib/tasks/filters";

const PAUSE = 250;

/** The text, once nothing was typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** A filter in the user's words: what they are read as is shown before it is saved. */
export function FilterDialog({ filter, onClose }: { filter: SavedFilter | null; onClose: () => void }) {
  const client = useQueryClient();
  const id = useId();
  const [words, setWords] = useState(filter?.words ?? "");
  const [name, setName] = useState(filter?.name ?? "");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const settled = useSettled(words.trim());
  const reading = useQuery({
    queryKey: ["filter-reading", settled],
    enabled: settled !== "",
    retry: false,
    queryFn: ({ signal }) => readFilter(settled, signal),
  });
  const unread = settled && reading.isError ? failureMessage(reading.error) : "";
  const ready = Boolean(words.trim() && name.trim()) && !busy;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    try {
      await storeFilter(client, filter, name.trim(), words.trim());
      onClose();
    } catch (error) {
      setProblem(failureMessage(error));
    }
    setBusy(false);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={filter ? `Change the filter “${filter.name}”` : "Save a filter"}
      description="Say which tasks to show. Days move on: “this week” is always the present one.">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4 p-5">
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-words`}>Which tasks</Label>
          <Input id={`${id}-words`} autoFocus required maxLength={200} value={words} placeholder="high priority this week not in work"
            aria-describedby={`${id}-read`} aria-invalid={unread ? true : undefined}
            onChange={(event) => { setWords(event.target.value); setProblem(""); }} />
          <p id={`${id}-read`} role="status" className={`min-h-10 text-[0.8125rem] ${unread ? "text-danger" : "text-muted"}`}>
            {unread || (settled && reading.data ? `Shows: ${reading.data.told}.` : "")}
          </p>
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-name`}>Name</Label>
          <Input id={`${id}-name`} required maxLength={50} value={name} placeholder="Focus" aria-describedby={`${id}-problem`}
            onChange={(event) => { setName(event.target.value); setProblem(""); }} />
          {problem && <div role="alert"><FieldError id={`${id}-problem`}>{problem}</FieldError></div>}
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={!ready || Boolean(unread)}>Save</Button>
        </div>
      </form>
    </Dialog>
  );
}
