"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { readHistory, type Entry } from "@/lib/api/history";
import { dayOf } from "./dates";

export const HISTORY = ["history"] as const;

/** The changes of one turn that follow one another, newest first, as one entry of the page. */
export interface TurnGroup {
  turn: string;
  day: string;
  newest: Entry;
  entries: Entry[];
  undone: boolean;
}

const MOST_PAGES = 10; // 500 changes: more are neither kept nor read anew with every change

/** All changes, or those of one task, page by page, newest first; of many pages the last few that were read. */
export function useHistory(task: string | null) {
  const client = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: [...HISTORY, task],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) => readHistory(task, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
    getPreviousPageParam: () => undefined,
    maxPages: MOST_PAGES,
  });
  return {
    ...query,
    /** Whether the newest changes are among the pages that are kept. */
    showsNewest: query.data === undefined || query.data.pageParams[0] === null,
    toNewest: () => client.resetQueries({ queryKey: [...HISTORY, task], exact: true }),
  };
}

export function groupTurns(entries: Entry[]): TurnGroup[] {
  const groups: TurnGroup[] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last?.turn === entry.turn) last.entries.push(entry);
    else groups.push({ turn: entry.turn, day: dayOf(new Date(entry.at)), newest: entry, entries: [entry], undone: false });
  }
  return groups.map((group) => ({ ...group, undone: group.entries.every((entry) => entry.undone_by !== null) }));
}

const SURFACES: Record<string, string> = { ui: "page", chat: "chat", api: "API", mcp: "MCP", cli: "./todo", caldav: "CalDAV" };

/** Through what a turn came: "via chat", "undo via page", "via MCP, token “my editor”". */
export function sayVia({ surface, undoes, redoes, restored_to, token_name }: Entry): string {
  const act = restored_to ? "list put back, " : undoes ? `${redoes ? "redo" : "undo"}, ` : "";
  const token = token_name ? `, token “${token_name}”` : "";
  return `${act}via ${SURFACES[surface] ?? surface}${token}`;
}
