"use client";

import { useMemo } from "react";
import { createStore, useStore } from "@/lib/shell/store";
import { GROUPINGS, isUsual, SORTS, usualFor, type Arrangement } from "./arrangement";
import { viewKey, type View } from "./views";

/** By view, where something else than the usual was chosen. */
type Kept = Record<string, Arrangement>;

const PREFIX = "todo-arranged:";
/** So many views are remembered; beyond them, the one that was arranged longest ago is forgotten. */
const MOST_KEPT = 300;
const kept = createStore<Kept>({});
let owner = "";

const isOneOf = <Value>(values: readonly Value[], value: unknown): value is Value => values.includes(value as Value);

/** What of a stored text can be used: it may be of another version of the page, or written by hand. */
function readable(text: string | null): Kept {
  const found: unknown = JSON.parse(text ?? "{}");
  if (typeof found !== "object" || found === null) return {};
  const entries = Object.entries(found as Record<string, Partial<Arrangement> | null>);
  return Object.fromEntries(entries.flatMap(([key, one]) => (isOneOf(SORTS, one?.sort) && isOneOf(GROUPINGS, one?.group) ? [[key, { sort: one.sort, group: one.group }]] : [])));
}

/** What this browser has kept for the user; null where storage is forbidden or holds no such thing. */
function stored(): Kept | null {
  try {
    return readable(localStorage.getItem(PREFIX + owner));
  } catch {
    return null;
  }
}

/** Take what this user has chosen in this browser, before the list is drawn. */
export function takeArrangements(userId: string): void {
  if (owner === userId) return;
  owner = userId;
  kept.set(stored() ?? {});
}

function keep(next: Kept): void {
  kept.set(next);
  try {
    localStorage.setItem(PREFIX + owner, JSON.stringify(next));
  } catch {
    // Storage is full or forbidden: the choice holds until the page is closed.
  }
}

/** Arrange a view so from now on. */
export function arrange(view: View, arrangement: Arrangement): void {
  // Another tab may have arranged other views meanwhile.
  const { [viewKey(view)]: _, ...others } = { ...kept.get(), ...stored() };
  const entries = Object.entries(others).slice(-(MOST_KEPT - 1));
  keep(Object.fromEntries(isUsual(view, arrangement) ? entries : [...entries, [viewKey(view), arrangement]]));
}

export function useArrangement(view: View): Arrangement {
  const chosen = useStore(kept)[viewKey(view)];
  const { sort, group } = chosen ?? usualFor(view);
  return useMemo(() => ({ sort, group }), [sort, group]);
}
