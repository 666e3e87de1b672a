"use client";

import { useCallback, useEffect, useState } from "react";

const PREFIX = "todo-draft:";

/** Storage may be full or forbidden (private windows); a draft is then kept in memory alone. */
function storage(): Storage | null {
  try {
    return typeof window === "undefined" ? null : window.sessionStorage;
  } catch {
    return null;
  }
}

export function readDraft(name: string): string {
  return storage()?.getItem(PREFIX + name) ?? "";
}

export function saveDraft(name: string, text: string): void {
  const store = storage();
  if (!store) return;
  try {
    if (text) store.setItem(PREFIX + name, text);
    else store.removeItem(PREFIX + name);
  } catch (error) {
    console.warn("The draft could not be stored; it is kept until the page is closed.", error);
  }
}

/** Forget every draft: another person may sign in next. */
export function clearDrafts(): void {
  const store = storage();
  if (!store) return;
  for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
}

/** Text that survives a reload, a lost session and a failed request. */
export function useDraft(name: string): [string, (text: string) => void] {
  const [text, setText] = useState("");
  useEffect(() => setText(readDraft(name)), [name]);
  const change = useCallback(
    (next: string) => {
      setText(next);
      saveDraft(name, next);
    },
    [name],
  );
  return [text, change];
}
