"use client";

import dynamic from "next/dynamic";
import { useEffect, useMemo } from "react";
import { CircleAlert, Menu as MenuIcon, Search } from "lucide-react";
import { FilterNote } from "@/components/filters/filter-note";
import { AccountMenu } from "@/components/shell/account-menu";
import { ListSkeleton } from "@/components/shell/workspace-skeleton";
import { Button } from "@/components/ui/button";
import { failureMessage } from "@/lib/api/http";
import type { Task, User } from "@/lib/api/types";
import { focusSoon, menuOpen, SEARCH_INPUT } from "@/lib/shell/ui";
import { addressOf, openView, useView, viewTitle } from "@/lib/shell/view";
import { useArrangement } from "@/lib/tasks/arranged";
import { arranged, isSortable } from "@/lib/tasks/arrangement";
import { endChoice, useIsChoosing } from "@/lib/tasks/choice";
import { longDate } from "@/lib/tasks/dates";
import { useFilters } from "@/lib/tasks/filters";
import { useHere } from "@/lib/tasks/here";
import { shownIn, useLabels } from "@/lib/tasks/labels";
import { isSameName } from "@/lib/tasks/names";
import { useOpenTasks } from "@/lib/tasks/queries";
import type { Here, View } from "@/lib/tasks/views";
import { ArchivedNote } from "./archived-note";
import { ArrangeMenu, ArrangeNote } from "./arrange-menu";
import { DoneList } from "./done-list";
import { EmptyState } from "./empty-state";
import { GrowingList } from "./growing-list";
import { QuickAdd } from "./quick-add";
import { SearchField } from "./search-field";
import { SearchResults } from "./search-results";

// Comes with the first task that is chosen. Without a state of its own for loading, the whole page would be hidden meanwhile.
const ChoiceBar = dynamic(() => import("./choice/choice-bar").then((module) => module.ChoiceBar), { loading: () => null });

export function TaskPane({ user }: { user: User }) {
  const view = useView();
  const here = useHere();
  const choosing = useIsChoosing();
  const address = addressOf(view);
  useEffect(() => endChoice, [address]);
  return (
    <main className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="flex h-14 shrink-0 items-center gap-1 px-3 xl:hidden">
        <Button variant="ghost" size="icon" aria-label="Lists" onClick={() => menuOpen.set(true)}>
          <MenuIcon />
        </Button>
        <span className="flex-1" />
        <Button
          variant="ghost"
          size="icon"
          aria-label="Search"
          onClick={() => {
            openView({ kind: "search", text: "" });
            focusSoon(SEARCH_INPUT);
          }}
        >
          <Search />
        </Button>
        <AccountMenu user={user} compact />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto" id="list">
        <div className="mx-auto w-full max-w-2xl px-4 pb-24 max-xl:pt-3 sm:px-8 xl:pt-12">
          <div className="mb-5 px-1.5">
            <div className="flex items-center justify-between gap-3">
              <h1 className="min-w-0 text-[1.625rem] leading-tight font-semibold tracking-tight break-words">{viewTitle(view)}</h1>
              {view.kind !== "done" && <ArrangeMenu view={view} />}
            </div>
            {view.kind === "project" && <ArchivedNote name={view.name} />}
            {view.kind === "filter" && <FilterNote name={view.name} />}
            {view.kind === "today" && <p className="mt-1 text-sm text-muted">{longDate(here.today)}</p>}
            {view.kind !== "done" && <ArrangeNote view={view} />}
          </div>
          {view.kind === "search" && <SearchField text={view.text} />}
          {view.kind === "filter" && <FilteredAdd name={view.name} here={here} />}
          {view.kind !== "search" && view.kind !== "done" && view.kind !== "filter" && <QuickAdd view={view} here={here} />}
          <Content />
        </div>
      </div>
      {choosing && <ChoiceBar />}
    </main>
  );
}

function Content() {
  const view = useView();
  const here = useHere();
  const open = useOpenTasks();
  if (view.kind === "done") return <DoneList view={view} here={here} />;
  if (view.kind === "search" && !view.text.trim()) return null;
  if (open.data === undefined) return open.isError ? <LoadError error={open.error} retry={() => void open.refetch()} /> : <ListSkeleton />;
  if (view.kind === "search") return <SearchResults text={view.text} open={open.data} here={here} />;
  if (view.kind === "filter") return <FilteredTasks key={addressOf(view)} name={view.name} open={open.data} here={here} />;
  return <OpenTasks key={addressOf(view)} view={view} open={open.data} here={here} />;
}

/** The view of a saved filter, with what its words mean once that is known. */
function useFilterView(name: string): View {
  const query = useFilters().data?.find((one) => isSameName(one.name, name))?.query;
  return useMemo(() => ({ kind: "filter", name, query }), [name, query]);
}

function FilteredAdd({ name, here }: { name: string; here: Here }) {
  return <QuickAdd view={useFilterView(name)} here={here} />;
}

function FilteredTasks({ name, open, here }: { name: string; open: Task[]; here: Here }) {
  const filters = useFilters();
  const view = useFilterView(name);
  if (!filters.data) return filters.isError ? <LoadError error={filters.error} retry={() => void filters.refetch()} /> : <ListSkeleton />;
  return <OpenTasks view={view} open={open} here={here} />;
}

function OpenTasks({ view, open, here }: { view: View; open: Task[]; here: Here }) {
  const labels = useLabels();
  const arrangement = useArrangement(view);
  const groups = useMemo(() => arranged(view, shownIn(view, open, labels), arrangement, here, labels), [view, open, arrangement, here, labels]);
  if (groups.length === 0) return <EmptyState view={view} />;
  return <GrowingList groups={groups} view={view} here={here} sortable={isSortable(view, arrangement)} />;
}

export function LoadError({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <div role="alert" className="flex flex-col items-center gap-1.5 px-6 py-16 text-center">
      <CircleAlert className="mb-2 size-6 text-danger" aria-hidden />
      <h2 className="font-semibold">Your tasks could not be loaded</h2>
      <p className="max-w-xs text-sm text-muted">{failureMessage(error)}</p>
      <Button className="mt-3" onClick={retry}>
        Try again
      </Button>
    </div>
  );
}
