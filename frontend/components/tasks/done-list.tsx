"use client";

import { ListSkeleton } from "@/components/shell/workspace-skeleton";
import { Button } from "@/components/ui/button";
import { useDoneTasks } from "@/lib/tasks/queries";
import type { Here, View } from "@/lib/tasks/views";
import { EmptyState } from "./empty-state";
import { GrowingList } from "./growing-list";
import { LoadError } from "./task-pane";

/** What was done, latest first. */
export function DoneList({ view, here }: { view: View; here: Here }) {
  const done = useDoneTasks(true);
  if (done.data === undefined) return done.isError ? <LoadError error={done.error} retry={() => void done.refetch()} /> : <ListSkeleton />;
  const tasks = done.data.pages.flatMap((page) => page.items);
  if (tasks.length === 0) return <EmptyState view={view} />;
  return (
    <>
      <GrowingList groups={[{ key: "done", name: null, tasks }]} view={view} here={here} sortable={false} />
      {done.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button disabled={done.isFetchingNextPage} onClick={() => void done.fetchNextPage()}>
            {done.isFetchingNextPage ? "Loading…" : "Show earlier"}
          </Button>
        </div>
      )}
    </>
  );
}
