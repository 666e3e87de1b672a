"use client";

import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { listCompletions, listOpenTasks, listTasks } from "@/lib/api/tasks";
import type { Task } from "@/lib/api/types";
import { COMPLETIONS, DONE, mergeRecent, OPEN, SEARCH } from "./cache";

const DONE_PAGE = 50;

/** Every open task; the first page shows while the others are still being read. */
export function useOpenTasks() {
  const client = useQueryClient();
  return useQuery({
    queryKey: OPEN,
    // To compare thousands of tasks, field by field, costs more at each change than to draw the rows on the screen.
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      const startedAt = Date.now();
      const isFirst = client.getQueryData(OPEN) === undefined;
      const tasks = await listOpenTasks(signal, (soFar) => {
        if (isFirst) client.setQueryData<Task[]>(OPEN, mergeRecent(soFar, startedAt));
      });
      return mergeRecent(tasks, startedAt);
    },
  });
}

/** What was done, latest first. */
export function useDoneTasks(enabled: boolean) {
  return useInfiniteQuery({
    queryKey: DONE,
    enabled,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      listTasks({ status: "done", sort: "-updated", limit: DONE_PAGE, cursor: pageParam ?? undefined }, signal),
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** What was completed of recurring tasks since a day, or ever; asked anew each time it is looked at. */
export function useCompletions(since: string | null, enabled: boolean) {
  return useQuery({
    queryKey: [...COMPLETIONS, since],
    enabled,
    staleTime: 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => listCompletions(since, signal),
  });
}

/** Done tasks that match a search; open ones are already here. */
export function useDoneMatches(text: string) {
  return useQuery({
    queryKey: [...SEARCH, text],
    enabled: text.trim().length > 1,
    queryFn: ({ signal }) => listTasks({ status: "done", search: text.trim(), sort: "-updated", limit: DONE_PAGE }, signal),
  });
}
