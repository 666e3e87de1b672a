"use client";

import { useQueryClient } from "@tanstack/react-query";
import { History, Trash2 } from "lucide-react";
import Link from "next/link";
import { useEffect, useId, useRef, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { Label, Select } from "@/components/ui/field";
import { Keys } from "@/components/ui/keys";
import type { Priority, Task } from "@/lib/api/types";
import { editedTask, focusSoon, rowId } from "@/lib/shell/ui";
import { useEdit } from "@/lib/tasks/edit";
import type { Here } from "@/lib/tasks/views";
import { deleteTask } from "@/lib/tasks/write";
import { Checklist } from "../subtasks/checklist";
import { FilingFields } from "./filing-fields";
import { RecurrenceField } from "./recurrence-field";
import { ReminderField } from "./reminder-field";
import { ScheduleFields } from "./schedule-fields";

const LONGEST_TITLE = 500;
const PRIORITIES: { value: Priority | ""; name: string }[] = [
  { value: "", name: "None" },
  { value: "high", name: "High" },
  { value: "medium", name: "Medium" },
  { value: "low", name: "Low" },
];

/** A row unfolded into its fields. Nothing is sent before Save; what was typed survives a reload. */
export function TaskEditor({ task, here }: { task: Task; here: Here }) {
  const client = useQueryClient();
  const edit = useEdit(task, here.zone);
  const id = useId();
  const title = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    title.current?.focus();
    title.current?.setSelectionRange(title.current.value.length, title.current.value.length);
    title.current?.closest("li")?.scrollIntoView({ block: "nearest" });
  }, []);

  const close = () => {
    editedTask.set(null);
    focusSoon(rowId(task.id));
  };
  const save = () => {
    if (!edit.values.title.trim()) return title.current?.focus();
    edit.save(client);
    close();
  };
  const cancel = () => {
    edit.discard();
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") cancel();
    else if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save();
    else if (event.key === "Enter" && event.target === title.current) {
      event.preventDefault();
      save();
    }
  };
  const { values, set } = edit;
  return (
    <li className="my-1.5 animate-appear rounded-2xl border bg-surface p-4 shadow-raised" onKeyDown={onKeyDown}>
      <form
        aria-label={`Edit ${task.title}`}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        className="flex flex-col gap-4"
      >
        {edit.restored && (
          <p role="status" className="rounded-lg bg-warning-soft px-3 py-2 text-sm text-warning-ink">
            This is what you typed before; it is not saved yet.
          </p>
        )}
        <div className="flex flex-col">
          <textarea
            ref={title}
            aria-label="Title"
            rows={1}
            maxLength={LONGEST_TITLE}
            value={values.title}
            onChange={(event) => set({ title: event.target.value.replace(/\n/g, " ") })}
            className="field-sizing-content w-full resize-none rounded bg-transparent text-[1.0625rem] font-medium outline-none max-md:min-h-11 max-md:py-2.5"
          />
          <textarea
            aria-label="Notes"
            placeholder="Notes"
            rows={1}
            value={values.notes}
            onChange={(event) => set({ notes: event.target.value })}
            className="mt-1 field-sizing-content max-h-60 w-full resize-none rounded bg-transparent text-sm outline-none max-md:min-h-11 max-md:py-2.5 max-md:text-base"
          />
        </div>
        <div className="grid gap-x-4 gap-y-3.5 sm:grid-cols-2">
          <ScheduleFields values={values} set={set} here={here} recurring={Boolean(values.recurrence)} />
          <RecurrenceField values={values} set={set} here={here} />
          <div className="flex flex-col gap-1.5">
            <Label htmlFor={`${id}-priority`}>Priority</Label>
            <Select
              id={`${id}-priority`}
              value={values.priority}
              onChange={(event) => set({ priority: event.target.value as Priority | "" })}
            >
              {PRIORITIES.map(({ value, name }) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </Select>
          </div>
          <FilingFields values={values} set={set} />
          <ReminderField values={values} set={set} here={here} />
        </div>
        <Checklist task={task} here={here} />
        <div className="flex items-center gap-2 border-t pt-3.5 max-sm:gap-1 max-sm:[&>*]:px-2.5 max-md:sticky max-md:bottom-0 max-md:-mx-4 max-md:-mb-4 max-md:rounded-b-2xl max-md:bg-surface max-md:px-4 max-md:pb-3.5">
          <Button
            variant="danger"
            size="small"
            onClick={() => {
              edit.discard();
              editedTask.set(null);
              void deleteTask(client, task);
            }}
          >
            <Trash2 /> Delete
          </Button>
          <Button asChild variant="ghost" size="small">
            <Link href={`/history?task=${task.id}`}>
              <History /> History
            </Link>
          </Button>
          <span className="flex-1" />
          <Button size="small" variant="ghost" onClick={cancel}>
            Cancel <span className="max-md:hidden"><Keys>Esc</Keys></span>
          </Button>
          <Button size="small" variant="primary" type="submit" disabled={!values.title.trim()}>
            Save
          </Button>
        </div>
      </form>
    </li>
  );
}
