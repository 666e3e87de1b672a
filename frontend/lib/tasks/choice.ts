"use client";

import { useSyncExternalStore } from "react";
import { createStore, useStore } from "@/lib/shell/store";

/** The tasks that were chosen to do one thing to all of them, and the one from which a range is counted. */
interface Choice {
  ids: ReadonlySet<string>;
  anchor: string | null;
}

const NONE: Choice = { ids: new Set(), anchor: null };
export const chosenTasks = createStore<Choice>(NONE);

/** As many as the server takes at once. */
export const MOST_CHOSEN = 1_000;

export const endChoice = (): void => chosenTasks.set(NONE);
export const isChoosing = (): boolean => chosenTasks.get().ids.size > 0;

/** The tasks of the rows as they stand on the page, from its top to its end. */
function idsInOrder(): string[] {
  return [...document.querySelectorAll<HTMLElement>("#list [data-task]")].map((row) => row.dataset.task!);
}

/** All tasks of the view, also those whose rows are not drawn yet; told by the list that has them. */
export const inView: { ids: () => string[] } = { ids: () => [] };

/** All of the view, as far as the server takes them at once. */
export function chooseAll(): void {
  const some = [...new Set([...inView.ids(), ...idsInOrder()])].slice(0, MOST_CHOSEN);
  chosenTasks.set(({ anchor }) => (some.length > 0 ? { ids: new Set(some), anchor: anchor ?? some[0]! } : NONE));
}

/** Take one in, or out. */
export function toggleChosen(id: string): void {
  chosenTasks.set(({ ids }) => {
    const next = new Set(ids);
    if (!next.delete(id) && next.size < MOST_CHOSEN) next.add(id);
    return next.size > 0 ? { ids: next, anchor: id } : NONE;
  });
}

/** All from the anchor, or from `start` where there is none yet, to this one; those chosen before stay. */
export function chooseTo(id: string, start: string | null = null): void {
  const order = idsInOrder();
  chosenTasks.set(({ ids, anchor }) => {
    const from = order.indexOf(anchor ?? start ?? id);
    const to = order.indexOf(id);
    if (to < 0) return { ids, anchor };
    const first = from < 0 ? to : from;
    const range = order.slice(Math.min(first, to), Math.max(first, to) + 1);
    return { ids: new Set([...ids, ...range].slice(0, MOST_CHOSEN)), anchor: order[first]! };
  });
}

/** Keep those that are still there. */
export function keepChosen(there: ReadonlySet<string>): void {
  chosenTasks.set((choice) => {
    const ids = new Set([...choice.ids].filter((id) => there.has(id)));
    if (ids.size === choice.ids.size) return choice;
    return ids.size > 0 ? { ids, anchor: choice.anchor } : NONE;
  });
}

/** What a click on a row means for the choice: Ctrl or ⌘ takes it in or out, Shift goes as far as it, and while there is a choice any click does. */
export function choosesBy(event: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }, id: string, start: string | null): boolean {
  if (event.shiftKey) chooseTo(id, start);
  else if (event.ctrlKey || event.metaKey || isChoosing()) toggleChosen(id);
  else return false;
  return true;
}

export function useIsChosen(id: string): boolean {
  const read = () => chosenTasks.get().ids.has(id);
  return useSyncExternalStore(chosenTasks.subscribe, read, read);
}

export function useIsChoosing(): boolean {
  return useSyncExternalStore(chosenTasks.subscribe, isChoosing, isChoosing);
}

export const useChosenIds = (): ReadonlySet<string> => useStore(chosenTasks).ids;
