"use client";

import { useEffect, useRef, useState } from "react";
import { ListSkeleton } from "@/components/shell/workspace-skeleton";
import { LoadError } from "@/components/tasks/task-pane";
import { Button } from "@/components/ui/button";
import { dayLabel } from "@/lib/tasks/dates";
import { groupTurns, useHistory, type TurnGroup } from "@/lib/tasks/history";
import { useHere } from "@/lib/tasks/here";
import { RestoreDialog } from "./restore-dialog";
import { TurnCard } from "./turn-card";

/** Turns under the days they happened on, newest first; earlier ones come as one scrolls. */
export function HistoryList({ task }: { task: string | null }) {
  const history = useHistory(task);
  const here = useHere();
  const [back, setBack] = useState<TurnGroup | null>(null);
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, showsNewest } = history;
  useEffect(() => {
    const observer = new IntersectionObserver(([seen]) => {
      if (seen?.isIntersecting && hasNextPage && !isFetchingNextPage) void fetchNextPage();
    });
    if (end.current) observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (history.data === undefined) {
    return history.isError ? <LoadError error={history.error} retry={() => void history.refetch()} /> : <ListSkeleton />;
  }
  const groups = groupTurns(history.data.pages.flatMap((page) => page.items));
  if (groups.length === 0) return <p className="text-sm text-muted">Nothing has been changed yet. What you add, change or delete will show here.</p>;
  const days = [...new Set(groups.map(({ day }) => day))];
  return (
    <>
      {!showsNewest && (
        <div className="flex justify-center">
          <Button onClick={() => void history.toNewest()}>Back to the newest</Button>
        </div>
      )}
      {days.map((day) => (
        <section key={day} aria-label={dayLabel(day, here.today)} className="flex flex-col gap-3">
          <h2 className="text-sm font-semibold text-muted">{dayLabel(day, here.today)}</h2>
          <ol className="flex flex-col gap-3">
            {groups.filter((group) => group.day === day).map((group) => (
              <TurnCard key={`${group.turn}-${group.newest.revision}`} group={group} newest={showsNewest && group === groups[0]} onBack={() => setBack(group)} />
            ))}
          </ol>
        </section>
      ))}
      <div ref={end} className="flex justify-center">
        {hasNextPage && (
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {isFetchingNextPage ? "Loading…" : "Show earlier"}
          </Button>
        )}
      </div>
      {back && <RestoreDialog group={back} onClose={() => setBack(null)} />}
    </>
  );
}
