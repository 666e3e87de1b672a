"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { Task } from "@/lib/api/types";
import { cn } from "@/lib/shell/cn";
import { editedTask } from "@/lib/shell/ui";
import { findTask } from "@/lib/tasks/cache";
import { toggleUnfolded, useSubtasks } from "@/lib/tasks/subtasks";
import { depthOf, LEVELS } from "@/lib/tasks/tree";
import type { Here } from "@/lib/tasks/views";
import { deleteTask, isUnsaved, tickTask } from "@/lib/tasks/write";
import { TickBox } from "../tick-box";
import { AddSubtask } from "./add-subtask";

/** A task's subtasks in its editor: ticked, added and deleted at once, without Save. */
export function Checklist({ task, here }: { task: Task; here: Here }) {
  const client = useQueryClient();
  const subtasks = useSubtasks(task.id);
  if (isUnsaved(task) || depthOf(task, (id) => findTask(client, id)) + 1 >= LEVELS) return null;
  const done = subtasks.filter((one) => one.status === "done").length;
  return (
    <section aria-label={`Subtasks of ${task.title}`} className="flex flex-col">
      <h2 className="flex items-baseline gap-2 text-[0.8125rem] font-medium text-muted">
        Subtasks
        {subtasks.length > 0 && <span className="font-normal tabular-nums">{done} of {subtasks.length}</span>}
      </h2>
      <ul className="-mx-2 flex flex-col">
        {subtasks.map((one) => (
          <ChecklistItem key={one.id} task={one} />
        ))}
      </ul>
      <div className="-mx-2">
        <AddSubtask parent={task} here={here} autoFocus={false} />
      </div>
    </section>
  );
}

function ChecklistItem({ task }: { task: Task }) {
  const client = useQueryClient();
  const done = task.status === "done";
  const open = () => {
    if (task.parent_id) toggleUnfolded(task.parent_id, true);
    editedTask.set(task.id);
  };
  return (
    <li aria-label={task.title} className="flex items-center gap-1">
      <TickBox task={task} onTick={() => void tickTask(client, task)} />
      <span className={cn("min-w-0 flex-1 text-sm break-words", done && "text-muted line-through decoration-control")}>{task.title}</span>
      <Button type="button" variant="ghost" size="icon" disabled={isUnsaved(task)} aria-label={`Edit the subtask ${task.title}`} onClick={open}>
        <Pencil />
      </Button>
      <Button type="button" variant="ghost" size="icon" disabled={isUnsaved(task)} aria-label={`Delete the subtask ${task.title}`} onClick={() => void deleteTask(client, task)}>
        <Trash2 />
      </Button>
    </li>
  );
}
