"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useStore } from "@/lib/shell/store";
import { askedTask, focusSoon, rowId } from "@/lib/shell/ui";
import { tickTask } from "@/lib/tasks/write";

/** A task was ticked off while tasks within it are open: what becomes of those. */
export function RestDialog() {
  const client = useQueryClient();
  const task = useStore(askedTask);
  const open = task?.subtasks?.open ?? 0;
  const answer = (rest: "keep" | "complete") => {
    askedTask.set(null);
    if (task) void tickTask(client, task, rest);
  };
  const close = () => {
    askedTask.set(null);
    if (task) focusSoon(rowId(task.id));
  };
  return (
    <Dialog
      open={task !== null}
      onOpenChange={(shown) => !shown && close()}
      title={task ? `Complete “${task.title}”?` : ""}
      description={`${open === 1 ? "One of its subtasks is" : `${open} of its subtasks are`} still open. You can undo either.`}
    >
      <div className="flex flex-wrap justify-end gap-2 p-5">
        <Button onClick={close}>Cancel</Button>
        <Button onClick={() => answer("keep")}>Only this task</Button>
        <Button variant="primary" onClick={() => answer("complete")}>
          {open === 1 ? "Complete both" : "Complete all"}
        </Button>
      </div>
    </Dialog>
  );
}
