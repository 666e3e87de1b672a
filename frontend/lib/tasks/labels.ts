"use client";

import { useQuery } from "@tanstack/react-query";
import { listLabels, type Colour, type GroupKind, type Label } from "@/lib/api/groups";
import type { Task } from "@/lib/api/types";
import { createStore, useStore } from "@/lib/shell/store";
import { nameKey } from "./names";
import type { View } from "./views";

export const LABELS = ["labels"] as const;
export const COLOURS: Colour[] = ["red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "grey"];
/** Written out, so that the style sheet has them. */
export const TONES: Record<Colour, string> = {
  red: "text-tone-red!",
  orange: "text-tone-orange!",
  yellow: "text-tone-yellow!",
  green: "text-tone-green!",
  teal: "text-tone-teal!",
  blue: "text-tone-blue!",
  purple: "text-tone-purple!",
  pink: "text-tone-pink!",
  grey: "text-tone-grey!",
};

export type Labels = ReadonlyMap<string, Label>;
const labels = createStore<Labels>(new Map());
const keyOf = (kind: GroupKind, name: string): string => `${kind}:${nameKey(name)}`;

export function takeLabels(read: Label[]): void {
  labels.set(new Map(read.map((label) => [keyOf(label.kind, label.name), label])));
}

/** Have the labels read, and read again when the page is looked at anew: other tabs and programs change them too. */
export function useLabelsRead(): void {
  useQuery({
    queryKey: LABELS,
    staleTime: 30_000,
    refetchOnWindowFocus: true,
    queryFn: async ({ signal }) => {
      const read = await listLabels(signal);
      takeLabels(read);
      return read;
    },
  });
}

export function useLabel(kind: GroupKind, name: string): Label | undefined {
  return useStore(labels).get(keyOf(kind, name));
}

export const useLabels = (): Labels => useStore(labels);

export const isArchived = (all: Labels, project: string | null): boolean => project !== null && (all.get(keyOf("project", project))?.archived ?? false);

/** In the user's order, then as they come, which is by the alphabet. */
export function inOrder<Entry extends { name: string }>(all: Labels, kind: GroupKind, entries: Entry[]): Entry[] {
  const placeOf = ({ name }: Entry) => all.get(keyOf(kind, name))?.position ?? Infinity;
  const placed = entries.map((entry) => ({ entry, place: placeOf(entry) }));
  return placed.sort((a, b) => (a.place === b.place ? 0 : a.place - b.place)).map(({ entry }) => entry);
}

/** What a view is made of: the tasks of archived projects are found by a search, and in their projects. */
export function shownIn(view: View, tasks: Task[], all: Labels): Task[] {
  if (view.kind === "search" || view.kind === "project" || view.kind === "filter") return tasks;
  if (![...all.values()].some(({ archived }) => archived)) return tasks;
  return tasks.filter((task) => !isArchived(all, task.project));
}

/** Whether a task of this project is left out of the usual views. */
export const isHidden = (project: string | null): boolean => isArchived(labels.get(), project);
