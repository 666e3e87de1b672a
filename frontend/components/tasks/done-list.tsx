"use client";

import { ListSkeleton } from "@/components/shell/workspace-skeleton";
import { useCompleted } from "@/lib/tasks/completed";
import type { Here, View } from "@/lib/tasks/views";
import { EmptyState } from "./empty-state";
import { GrowingList } from "./growing-list";
import { LoadError } from "./task-pane";

/** What was done, latest first. */
export function DoneList({ view, here }: { view: View; here: Here }) {
  const { done, all: tasks } = useCompleted();
  if (tasks === undefined) return done.isError ? <LoadError error={done.error} retry={() => void done.refetch()} /> : <ListSkeleton />;
  if (tasks.length === 0) return <EmptyState view={view} />;
  const { hasNextPage, isFetchingNextPage: busy, fetchNextPage } = done;
  const earlier = { label: busy ? "Loading…" : "Show earlier", busy, onMore: () => void fetchNextPage() };
  return (
    <GrowingList groups={[{ key: "done", name: null, tasks }]} view={view} here={here} sortable={false} beyond={hasNextPage ? earlier : undefined} />
  );
}
