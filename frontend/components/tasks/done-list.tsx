"use client";

import { useDeferredValue } from "react";
import { ListSkeleton } from "@/components/shell/workspace-skeleton";
import { Button } from "@/components/ui/button";
import { useDoneMatches, useDoneTasks } from "@/lib/tasks/queries";
import type { Here, View } from "@/lib/tasks/views";
import { EmptyState } from "./empty-state";
import { GrowingList } from "./growing-list";
import { TaskList } from "./task-list";
import { LoadError } from "./task-pane";

interface DoneListProps {
  view: View;
  here: Here;
  /** Show only what matches, below the open tasks that do. */
  text?: string;
  /** Say nothing where nothing is found. */
  quiet?: boolean;
}

export function DoneList({ text, ...rest }: DoneListProps) {
  return text === undefined ? <AllDone {...rest} /> : <DoneMatches text={text} {...rest} />;
}

function AllDone({ view, here }: Omit<DoneListProps, "text">) {
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

function DoneMatches({ text, view, here, quiet }: Omit<DoneListProps, "text"> & { text: string }) {
  const matches = useDoneMatches(useDeferredValue(text));
  const tasks = matches.data?.items ?? [];
  if (tasks.length === 0) return quiet || matches.isFetching ? null : <EmptyState view={view} />;
  return (
    <div className="mt-7">
      <TaskList groups={[{ key: "found", name: "Done", tasks }]} view={view} here={here} sortable={false} />
    </div>
  );
}
