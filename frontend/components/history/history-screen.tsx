"use client";

import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { SidePage } from "@/components/shell/side-page";
import type { User } from "@/lib/api/types";
import { useShortcuts, type Shortcuts } from "@/lib/shell/shortcuts";
import { followChanges } from "@/lib/tasks/live";
import { redoLatest, undoLatest } from "@/lib/tasks/undo";
import { HistoryList } from "./history-list";

/** What was done to the list, or to one task, and what can be taken back. */
export function HistoryScreen({ user }: { user: User }) {
  const client = useQueryClient();
  const task = useSearchParams().get("task");
  useEffect(() => followChanges(client), [client]);
  const shortcuts: Shortcuts = {
    z: () => void undoLatest(client),
    "mod+z": (event) => void (event.shiftKey ? redoLatest(client) : undoLatest(client)),
    "mod+y": () => void redoLatest(client),
  };
  useShortcuts(shortcuts);
  return (
    <SidePage user={user}>
      <div>
        <h1 className="text-[1.625rem] leading-tight font-semibold tracking-tight">{task ? "History of one task" : "History"}</h1>
        {task && (
          <Link href="/history" className="mt-1 inline-block text-sm text-accent-text underline">
            Show the whole list’s
          </Link>
        )}
      </div>
      <HistoryList task={task} />
    </SidePage>
  );
}
