"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { BellOff } from "lucide-react";
import Link from "next/link";
import { useEffect } from "react";
import { ListSkeleton } from "@/components/shell/workspace-skeleton";
import { SidePage } from "@/components/shell/side-page";
import { LoadError } from "@/components/tasks/task-pane";
import { Button } from "@/components/ui/button";
import { COMING, readComing, type Coming } from "@/lib/api/reminders";
import type { User } from "@/lib/api/types";
import { instantLabel } from "@/lib/reminders/words";
import { dayHeading, dayOf, timeLabel } from "@/lib/tasks/dates";
import { useHere } from "@/lib/tasks/here";
import { followChanges } from "@/lib/tasks/live";

/** What will be reminded of, day by day. */
export function RemindersScreen({ user }: { user: User }) {
  const client = useQueryClient();
  useEffect(() => followChanges(client), [client]);
  return (
    <SidePage user={user}>
      <div>
        <h1 className="text-[1.625rem] leading-tight font-semibold tracking-tight">Reminders</h1>
        <p className="mt-1 text-sm text-muted">
          What comes next. How you are told is in the{" "}
          <Link href="/settings#reminders" className="text-accent-text underline">
            settings
          </Link>
          .
        </p>
      </div>
      <ComingList />
    </SidePage>
  );
}

function ComingList() {
  const here = useHere();
  const coming = useInfiniteQuery({
    queryKey: COMING,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => readComing(pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
  if (coming.data === undefined) {
    return coming.isError ? <LoadError error={coming.error} retry={() => void coming.refetch()} /> : <ListSkeleton />;
  }
  const items = coming.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <p className="flex items-center gap-2.5 text-sm text-muted">
        <BellOff className="size-4" aria-hidden />
        Nothing yet. Give a task a time, or say “remind me …” in the chat.
      </p>
    );
  }
  const days = [...new Set(items.map(({ at }) => dayOf(new Date(at))))];
  return (
    <>
      {days.map((day) => {
        const { name, detail } = dayHeading(day, here.today);
        return (
          <section key={day} aria-label={name}>
            <h2 className="mb-1.5 flex items-baseline gap-2 border-b px-1.5 pb-1.5 text-sm font-semibold">
              {name} <span className="text-[0.8125rem] font-normal text-muted">{detail}</span>
            </h2>
            <ul className="flex flex-col">
              {items.filter(({ at }) => dayOf(new Date(at)) === day).map((item) => (
                <ComingRow key={item.id} item={item} today={here.today} />
              ))}
            </ul>
          </section>
        );
      })}
      {coming.hasNextPage && (
        <Button className="self-center" disabled={coming.isFetchingNextPage} onClick={() => void coming.fetchNextPage()}>
          {coming.isFetchingNextPage ? "Loading…" : "Show more"}
        </Button>
      )}
    </>
  );
}

function ComingRow({ item, today }: { item: Coming; today: string }) {
  const facts = [
    item.urgent ? "urgent" : "",
    item.channels ? `only by ${item.channels.join(", ")}` : "",
    item.held_until ? `held back until ${instantLabel(new Date(item.held_until), today)}` : "",
  ].filter(Boolean);
  return (
    <li className="flex items-baseline gap-3 rounded-lg px-1.5 py-1.5 hover:bg-hover max-md:min-h-11">
      <span className="w-12 shrink-0 text-sm text-muted tabular-nums">{timeLabel(item.at)}</span>
      <Link href={`/?task=${item.task_id}`} className="min-w-0 flex-1 rounded break-words">
        {item.title}
      </Link>
      {facts.length > 0 && <span className="text-[0.8125rem] text-muted">{facts.join(" · ")}</span>}
    </li>
  );
}
