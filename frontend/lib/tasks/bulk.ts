"use client";

import type { QueryClient } from "@tanstack/react-query";
import { changeMany, type BulkIn } from "@/lib/api/groups";
import type { Task } from "@/lib/api/types";
import { putTask, removeTask, SEARCH } from "./cache";
import { quietly } from "./live";
import { awaitBeforeUndo, pushUndo } from "./undo";
import { failed, offerUndo } from "./write";

/** Above so many, the chat asks before it changes; and before it deletes more than one. */
const SAFE_AT_ONCE = 5;
/** So many changes are drawn as they come back; after more, the list is read again. */
const DRAWN = 50;

const VERBS = {
  complete: ["Complete", "Completed", "completed"],
  reopen: ["Reopen", "Reopened", "reopened"],
  delete: ["Delete", "Deleted", "deleted"],
  update: ["Change", "Changed", "changed"],
} as const;

export type Act = BulkIn["act"];
/** What is to be done, to tasks that are still to be named. */
export type Deed = BulkIn extends infer Body ? (Body extends BulkIn ? Omit<Body, "ids"> : never) : never;

export const count = (tasks: number): string => (tasks === 1 ? "1 task" : `${tasks.toLocaleString("en")} tasks`);
export const sayDeed = (act: Act, tasks: number): string => `${VERBS[act][0]} ${count(tasks)}`;

/** Subtasks go with what they stand in. */
const within = (tasks: Task[]): number => tasks.reduce((sum, { subtasks }) => sum + (subtasks ? subtasks.open + subtasks.done : 0), 0);

/** Whether a person is asked before this is done: as in the chat. */
export function mustAsk(act: Act, tasks: Task[]): boolean {
  if (act === "delete") return tasks.length + within(tasks) > 1;
  return tasks.length > SAFE_AT_ONCE;
}

/** Do it to all of these, or to none. Tells whether it was done. */
export async function doToMany(client: QueryClient, tasks: Task[], deed: Deed): Promise<boolean> {
  const sent = changeMany({ ...deed, ids: tasks.map(({ id }) => id) } as BulkIn);
  awaitBeforeUndo(sent);
  const carryOut = async (): Promise<boolean> => {
    try {
      const written = await sent;
      pushUndo(written.undoToken);
      void client.invalidateQueries({ queryKey: SEARCH });
      if (tasks.length <= DRAWN) draw(client, tasks, deed.act, written.value.items as Task[]);
      offerUndo(client, `${VERBS[deed.act][1]} ${count(written.value.changed)}.`, written);
      return true;
    } catch (error) {
      failed(`Nothing was ${VERBS[deed.act][2]}.`, error);
      void client.invalidateQueries({ queryKey: ["tasks"] });
      return false;
    }
  };
  if (tasks.length <= DRAWN) return carryOut();
  let done = false;
  await quietly(client, async () => void (done = await carryOut()));
  return done;
}

function draw(client: QueryClient, tasks: Task[], act: Act, saved: Task[]): void {
  if (act === "delete") tasks.forEach(({ id }) => removeTask(client, id));
  else saved.forEach((task) => putTask(client, task));
}
