"use client";

import type { View } from "@/lib/tasks/views";
import { createStore, useStore } from "./store";

function viewFrom(params: URLSearchParams): View {
  const project = params.get("project");
  if (project) return { kind: "project", name: project };
  const tag = params.get("tag");
  if (tag) return { kind: "tag", name: tag };
  const filter = params.get("filter");
  if (filter) return { kind: "filter", name: filter };
  const text = params.get("search");
  if (text !== null) return { kind: "search", text };
  const kind = params.get("view");
  if (kind === "upcoming" || kind === "all" || kind === "done") return { kind };
  return { kind: "today" };
}

export function addressOf(view: View): string {
  if ("name" in view) return `/?${new URLSearchParams({ [view.kind]: view.name })}`;
  if (view.kind === "search") return `/?${new URLSearchParams({ search: view.text })}`;
  return view.kind === "today" ? "/" : `/?view=${view.kind}`;
}

const current = createStore<View>({ kind: "today" });

/** Take the view from the address, now and whenever Back or Forward changes it, until the returned function is called. */
export function followAddress(): () => void {
  const follow = () => current.set(viewFrom(new URLSearchParams(window.location.search)));
  follow();
  window.addEventListener("popstate", follow);
  return () => window.removeEventListener("popstate", follow);
}

/** The view that the address names, so that Back, Forward and a bookmark work. */
export function useView(): View {
  return useStore(current);
}

export const currentView = (): View => current.get();

/** Go to a view, at once; typing in a search replaces the address instead of adding one a letter. */
export function openView(view: View, { replace = false } = {}): void {
  window.history[replace ? "replaceState" : "pushState"](null, "", addressOf(view));
  current.set(view);
}

const TITLES = { today: "Today", upcoming: "Upcoming", all: "All tasks", done: "Done", search: "Search" };

export function viewTitle(view: View): string {
  if (view.kind === "project" || view.kind === "filter") return view.name;
  if (view.kind === "tag") return `#${view.name}`;
  return TITLES[view.kind];
}
