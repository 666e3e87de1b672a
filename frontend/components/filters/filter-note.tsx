"use client";

import { useFilters } from "@/lib/tasks/filters";
import { isSameName } from "@/lib/tasks/names";

/** What the filter shows, in plain words, or why it shows nothing. */
export function FilterNote({ name }: { name: string }) {
  const filters = useFilters().data;
  if (!filters) return null;
  const filter = filters.find((one) => isSameName(one.name, name));
  const told = filter ? (filter.problem ?? `${filter.told}.`) : "There is no such filter; it may have been deleted.";
  return <p className="mt-1 text-sm text-muted">{told}</p>;
}
