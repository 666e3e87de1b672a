"use client";

import { useQuery, type QueryClient } from "@tanstack/react-query";
import { changeFilter, deleteFilter, listFilters, orderFilters, saveFilter, type SavedFilter } from "@/lib/api/filters";
import { createStore } from "@/lib/shell/store";
import { toast } from "@/lib/shell/toasts";
import { currentView, openView } from "@/lib/shell/view";
import { useHere } from "./here";
import { isSameName } from "./names";
import { failed } from "./write";

export const FILTERS = ["filters"] as const;

/** The filter that is being changed, or a new one; null while none is. */
export const editedFilter = createStore<SavedFilter | "new" | null>(null);

/** The saved filters. "This week" moves on with the days, so they are read anew each day. */
export function useFilters() {
  const { today } = useHere();
  return useQuery({
    queryKey: [...FILTERS, today],
    staleTime: 30_000,
    refetchOnWindowFocus: true,
    queryFn: ({ signal }) => listFilters(signal),
  });
}

const refresh = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: FILTERS });

/** Save the filter under the name, with the words, and open it. Raises ApiError. */
export async function storeFilter(client: QueryClient, before: SavedFilter | null, name: string, words: string): Promise<void> {
  const saved = before ? await changeFilter(before.id, name, words) : await saveFilter(name, words);
  await refresh(client);
  openView({ kind: "filter", name: saved.name }, { replace: before !== null });
}

export async function removeFilter(client: QueryClient, filter: SavedFilter): Promise<void> {
  try {
    await deleteFilter(filter.id);
    const view = currentView();
    if (view.kind === "filter" && isSameName(view.name, filter.name)) openView({ kind: "all" }, { replace: true });
    await refresh(client);
    toast(`Deleted the filter “${filter.name}”. Its tasks stay.`, { action: { label: "Undo", run: () => void bringBack(client, filter) } });
  } catch (error) {
    failed("The filter was not deleted.", error);
  }
}

async function bringBack(client: QueryClient, { name, words }: SavedFilter): Promise<void> {
  try {
    await saveFilter(name, words);
    await refresh(client);
  } catch (error) {
    failed("The filter could not be brought back.", error);
  }
}

/** Move it by a place among all filters. */
export async function moveFilter(client: QueryClient, filters: SavedFilter[], filter: SavedFilter, step: -1 | 1): Promise<void> {
  const ids = filters.map(({ id }) => id);
  const from = ids.indexOf(filter.id);
  try {
    await orderFilters(ids.toSpliced(from, 1).toSpliced(from + step, 0, filter.id));
  } catch (error) {
    failed("The filter was not moved.", error);
  }
  await refresh(client);
}
