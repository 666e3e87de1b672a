"use client";

import { useSyncExternalStore } from "react";

const KEY = "todo-known";
const never = () => () => {};

/** Remember that somebody has signed in with this browser. */
export function rememberHere(): void {
  try {
    localStorage.setItem(KEY, "1");
  } catch {
    // Storage is forbidden: the next visit is greeted as a first one.
  }
}

function isKnown(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** True if somebody has signed in with this browser before; on the server nobody knows. */
export function useKnownHere(): boolean {
  return useSyncExternalStore(never, isKnown, () => false);
}
