"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { AccountMenu } from "@/components/shell/account-menu";
import { Banner } from "@/components/shell/banner";
import { HelpSheet } from "@/components/shell/help-sheet";
import { Button } from "@/components/ui/button";
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
    <div className="flex h-dvh flex-col">
      <Banner />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <header className="flex h-14 items-center justify-between px-3 sm:px-5">
          <Button asChild variant="ghost" size="medium" className="px-2.5">
            <Link href="/">
              <ArrowLeft />
              Your list
            </Link>
          </Button>
          <AccountMenu user={user} compact />
        </header>
        <div className="mx-auto flex w-full max-w-2xl flex-col gap-6 px-5 pt-4 pb-24 sm:px-8 xl:pt-6">
          <div>
            <h1 className="text-[1.625rem] leading-tight font-semibold tracking-tight">{task ? "History of one task" : "History"}</h1>
            {task && (
              <Link href="/history" className="mt-1 inline-block text-sm text-accent-text underline">
                Show the whole list’s
              </Link>
            )}
          </div>
          <HistoryList task={task} />
        </div>
      </main>
      <HelpSheet />
    </div>
  );
}
