import type { QueryClient } from "@tanstack/react-query";
import { failureMessage } from "@/lib/api/http";
import { COMING, snoozeTask, type Snooze } from "@/lib/api/reminders";
import { completeTask } from "@/lib/api/tasks";
import { toast } from "@/lib/shell/toasts";
import { dayOf } from "@/lib/tasks/dates";
import { findTask, putTask } from "@/lib/tasks/cache";
import { pushUndo, undoTurn } from "@/lib/tasks/undo";
import type { Written } from "@/lib/api/tasks";
import type { Task } from "@/lib/api/types";
import { browserZone } from "@/lib/api/http";
import { dismiss, putBack } from "./inbox";
import { momentOf } from "./moments";
import type { Notice } from "./notice";
import { instantLabel } from "./words";

/** Answer a card: it goes at once, and comes back with a message if the server did not take the answer. */
async function answer(client: QueryClient, notice: Notice, send: (task: string) => Promise<Written<Task>>, words: (task: Task) => string): Promise<void> {
  if (!notice.task_id) return;
  dismiss(notice.id);
  try {
    const { value, undoToken } = await send(notice.task_id);
    putTask(client, value);
    pushUndo(undoToken);
    void client.invalidateQueries({ queryKey: COMING });
    toast(words(value), undoToken ? { action: { label: "Undo", run: () => void undoTurn(client, undoToken) } } : {});
  } catch (error) {
    putBack(notice);
    toast(failureMessage(error), { tone: "error" });
  }
}

export function doneBy(client: QueryClient, notice: Notice): Promise<void> {
  return answer(client, notice, completeTask, (task) => `Completed “${task.title}”.${task.status === "open" ? " It comes back on its next date." : ""}`);
}

/** When the task reminds again; the server made the moment, and keeps it with the task. */
function againAt(task: Task): string {
  const snoozed = task.reminders?.find(({ snooze }) => snooze);
  const moment = snoozed && momentOf(snoozed, task, browserZone());
  return moment ? ` ${instantLabel(moment, dayOf(new Date())).replace(/^Today, /, "at ").replace(/^(?!at )/, "on ")}` : "";
}

export function snoozeBy(client: QueryClient, notice: Notice, snooze: Snooze): Promise<void> {
  return answer(client, notice, (task) => snoozeTask(task, snooze), (task) => `You will be reminded of “${findTask(client, task.id)?.title ?? task.title}” again${againAt(task)}.`);
}
