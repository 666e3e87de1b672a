"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { User } from "@/lib/api/types";
import { useStore } from "@/lib/shell/store";
import { wantedTask } from "@/lib/shell/ui";
import { claimUntold, inbox, openInbox } from "./inbox";
import { tellHere, withdraw } from "./notify";
import { presents, takeTurns } from "./presenter";
import { registerWorker, renewPush } from "./push";
import { useReminderSettings } from "./settings";

/** Show this user's reminders for as long as the page is open: once in this browser, in the tab that was looked at last. */
export function useReminders(user: User): void {
  const { data: settings } = useReminderSettings();
  const shown = useStore(presents);
  const { waiting } = useStore(inbox);
  const sound = settings?.sound ?? true;
  useEffect(() => openInbox(user.id), [user.id]);
  useEffect(takeTurns, []);
  useEffect(() => {
    void registerWorker().then((worker) => worker && renewPush(user.id)).catch((error: unknown) => console.warn("Notifications could not be renewed.", error));
  }, [user.id]);
  useEffect(() => {
    const untold = shown ? claimUntold() : [];
    if (untold.length > 0) void tellHere(untold, { sound });
  }, [shown, waiting, sound]);
  const known = useRef<string[]>([]);
  useEffect(() => {
    // What was dealt with here or elsewhere, or followed by a later one of its task, leaves no notification behind.
    const ids = waiting.map(({ id }) => id);
    const gone = known.current.filter((id) => !ids.includes(id));
    known.current = ids;
    if (shown) for (const id of gone) void withdraw(id);
  }, [shown, waiting]);
  useCountInTitle(shown ? waiting.length : 0);
  useOpenedNotifications();
}

/** "(2) Todo Chatbot": so many reminders wait here. */
function useCountInTitle(count: number): void {
  const path = usePathname();
  useEffect(() => {
    const set = () => {
      const plain = document.title.replace(/^\(\d+\) /, "");
      const wanted = count > 0 ? `(${count}) ${plain}` : plain;
      if (document.title !== wanted) document.title = wanted;
    };
    set();
    // Going to another page brings its own title, a moment later.
    const observer = new MutationObserver(set);
    observer.observe(document.head, { subtree: true, childList: true, characterData: true });
    return () => observer.disconnect();
  }, [count, path]);
}

/** A click on a notification brings this page to the front and tells it what to open. */
function useOpenedNotifications(): void {
  const router = useRouter();
  const path = usePathname();
  useEffect(() => {
    const onMessage = ({ data }: MessageEvent<{ kind?: string; path?: string }>) => {
      if (data?.kind !== "open" || typeof data.path !== "string") return;
      const task = new URL(data.path, window.location.origin).searchParams.get("task");
      if (task) wantedTask.set(task);
      if (path !== "/") router.push("/");
    };
    navigator.serviceWorker?.addEventListener("message", onMessage);
    return () => navigator.serviceWorker?.removeEventListener("message", onMessage);
  }, [path, router]);
}
