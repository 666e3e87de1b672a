"use client";

import { useDeferredValue, useMemo } from "react";
import type { Task } from "@/lib/api/types";
import { arranged } from "@/lib/tasks/arrangement";
import { useArrangement } from "@/lib/tasks/arranged";
import { useLabels } from "@/lib/tasks/labels";
import { useDoneMatches } from "@/lib/tasks/queries";
import { useUnfolded } from "@/lib/tasks/subtasks";
import type { Here, Similar, View } from "@/lib/tasks/views";
import { EmptyState } from "./empty-state";
import { GrowingList } from "./growing-list";
import { TaskList } from "./task-list";

const NONE: Similar = {};

/** The open tasks that hold the words, then the done ones. Mistyped words find their like, and it is said. */
export function SearchResults({ text, open, here }: { text: string; open: Task[]; here: Here }) {
  const matches = useDoneMatches(useDeferredValue(text));
  const similar = matches.data?.similar ?? NONE;
  const view: View = useMemo(() => ({ kind: "search", text, similar }), [text, similar]);
  const labels = useLabels();
  const arrangement = useArrangement(view);
  const groups = useMemo(() => arranged(view, open, arrangement, here, labels), [view, open, arrangement, here, labels]);
  const done = matches.data?.items ?? [];
  const unfolded = useUnfolded([{ key: "found", name: "Done", tasks: done }]);
  if (groups.length === 0 && done.length === 0) return matches.isFetching ? null : <EmptyState view={view} />;
  return (
    <>
      <p role="status" className="mb-3 px-1.5 text-sm text-muted empty:hidden">
        {Object.entries(similar).map(([word, near]) => `No task holds “${word}”. These hold ${near.map((other) => `“${other}”`).join(" or ")}. `)}
      </p>
      {groups.length > 0 && <GrowingList groups={groups} view={view} here={here} sortable={false} />}
      {done.length > 0 && (
        <div className="mt-7">
          <TaskList groups={unfolded} view={view} here={here} sortable={false} />
        </div>
      )}
    </>
  );
}
