"use client";

import { useEffect } from "react";
import type { Task } from "@/lib/api/types";
import { useStore } from "@/lib/shell/store";
import { toast } from "@/lib/shell/toasts";
import { editedTask, wantedTask } from "@/lib/shell/ui";
import { openView } from "@/lib/shell/view";
import { localDue } from "./dates";
import { useHere } from "./here";
import { useOpenTasks } from "./queries";
import { toggleUnfolded } from "./subtasks";
import type { Here, View } from "./views";

/** The list on which an open task is seen. */
function viewOf(task: Task, here: Here): View {
  const date = localDue(task, here.zone)?.date;
  return date && date <= here.today ? { kind: "today" } : { kind: date ? "upcoming" : "all" };
}

/** Open the task that the address (`?task=ID`) or a notification names, once the list is here. */
export function useWantedTask(): void {
  const wanted = useStore(wantedTask);
  const here = useHere();
  const { data: tasks, isFetching } = useOpenTasks();
  useEffect(() => {
    const named = new URLSearchParams(window.location.search).get("task");
    if (named) wantedTask.set(named);
  }, []);
  useEffect(() => {
    const task = tasks?.find(({ id }) => id === wanted);
    if (!wanted || (!task && (tasks === undefined || isFetching))) return;
    wantedTask.set(null);
    openView(task ? viewOf(task, here) : { kind: "today" }, { replace: true });
    for (let one = task; one?.parent_id; one = tasks!.find(({ id }) => id === one!.parent_id)) toggleUnfolded(one.parent_id, true);
    if (task) editedTask.set(task.id);
    else toast("That task is done or deleted.");
  }, [wanted, tasks, isFetching, here]);
}
