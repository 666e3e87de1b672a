"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Bell, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { inbox, dismiss, keepOnly } from "@/lib/reminders/inbox";
import { doneBy, snoozeBy } from "@/lib/reminders/answers";
import type { Notice } from "@/lib/reminders/notice";
import { presents } from "@/lib/reminders/presenter";
import { instantLabel } from "@/lib/reminders/words";
import { useStore } from "@/lib/shell/store";
import { wantedTask } from "@/lib/shell/ui";
import { useHere } from "@/lib/tasks/here";
import { useOpenTasks } from "@/lib/tasks/queries";

/** What this tab is to show, oldest first; what was done elsewhere meanwhile is left out. */
function useWaiting(): Notice[] {
  const { waiting } = useStore(inbox);
  const { data: tasks, isFetching } = useOpenTasks();
  const list = useRef(tasks);
  list.current = tasks;
  useEffect(() => {
    // Judged once for each reading of the list: a task that came later is not in it, and its card stays.
    if (!isFetching && list.current) keepOnly(new Set(list.current.filter(({ status }) => status === "open").map(({ id }) => id)));
  }, [isFetching]);
  return useStore(presents) ? waiting : [];
}

/** Reminders that came and wait for an answer. */
export function ReminderCards() {
  const waiting = useWaiting();
  return (
    <ol aria-label="Reminders that are due" className="flex max-h-[40dvh] flex-col gap-2 overflow-y-auto empty:hidden">
      {waiting.map((notice) => (
        <ReminderCard key={notice.id} notice={notice} />
      ))}
    </ol>
  );
}

/** The same where there is no chat to show them in. */
export function FloatingCards() {
  return (
    <aside aria-label="Reminders" className="fixed right-4 bottom-4 z-40 w-[min(24rem,calc(100vw-2rem))]">
      <ReminderCards />
    </aside>
  );
}

function ReminderCard({ notice }: { notice: Notice }) {
  const client = useQueryClient();
  const here = useHere();
  const { task_id: task } = notice;
  return (
    <li className="animate-rise rounded-xl border border-line-strong bg-raised p-3 shadow-raised">
      <div role="status" className="flex items-start gap-2.5">
        <Bell aria-hidden className={`mt-0.5 size-4 shrink-0 ${notice.urgent ? "text-danger" : "text-accent-text"}`} />
        <div className="min-w-0 flex-1">
          <p className="font-medium break-words">
            <span className="sr-only">Reminder: </span>
            {notice.title}
          </p>
          <p className="text-[0.8125rem] break-words whitespace-pre-line text-muted">{notice.body || instantLabel(new Date(notice.due_at), here.today)}</p>
        </div>
        <Button variant="ghost" size="icon" aria-label={`Dismiss the reminder ${notice.title}`} onClick={() => dismiss(notice.id)} className="-mt-1 -mr-1">
          <X />
        </Button>
      </div>
      {task && (
        <div className="mt-2 flex flex-wrap gap-1.5 pl-6.5">
          <Button size="small" variant="primary" aria-label={`Done: ${notice.title}`} onClick={() => void doneBy(client, notice)}>
            Done
          </Button>
          <Button size="small" aria-label={`Remind again in 10 minutes: ${notice.title}`} onClick={() => void snoozeBy(client, notice, { minutes: 10 })}>
            10 minutes
          </Button>
          <Button size="small" aria-label={`Remind again tomorrow: ${notice.title}`} onClick={() => void snoozeBy(client, notice, { tomorrow: true })}>
            Tomorrow
          </Button>
          <Button size="small" variant="ghost" aria-label={`Open ${notice.title}`} onClick={() => wantedTask.set(task)}>
            Open
          </Button>
        </div>
      )}
    </li>
  );
}
