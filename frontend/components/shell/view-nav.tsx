"use client";

import { Bell, CalendarDays, ChevronRight, CircleCheck, Folder, Hash, Inbox, ListFilter, Plus, Search, Sun } from "lucide-react";
import Link from "next/link";
import { useMemo, type ReactNode } from "react";
import { FilterMenu } from "@/components/filters/filter-menu";
import { OVER, useDropPlace } from "@/components/tasks/drag/drop-place";
import { Button } from "@/components/ui/button";
import type { GroupKind } from "@/lib/api/groups";
import type { Task } from "@/lib/api/types";
import { cn } from "@/lib/shell/cn";
import { focusSoon, menuOpen, SEARCH_INPUT } from "@/lib/shell/ui";
import { addressOf, openView, useView } from "@/lib/shell/view";
import { inOrder, isArchived, shownIn, TONES, useLabels } from "@/lib/tasks/labels";
import { editedFilter, useFilters } from "@/lib/tasks/filters";
import { localDue } from "@/lib/tasks/dates";
import type { Target } from "@/lib/tasks/drop";
import { useHere } from "@/lib/tasks/here";
import { nameKey } from "@/lib/tasks/names";
import { useOpenTasks } from "@/lib/tasks/queries";
import { topsOf } from "@/lib/tasks/tree";
import { GroupMenu } from "./group-menu";
import { countsBy, passes, viewKey, type Here, type View } from "@/lib/tasks/views";

const ENTRY =
  "flex h-8 items-center gap-3 rounded-lg px-2.5 text-sm text-muted transition-colors hover:bg-hover hover:text-ink max-xl:h-11 [&_svg]:size-4 [&_svg]:shrink-0";

interface NavLinkProps {
  view: View;
  icon: ReactNode;
  count?: number;
  /** What can be done with what the entry names; it takes the count's place where the mouse is. */
  menu?: ReactNode;
  children: ReactNode;
}

/** What a task gets that is dropped on the entry of a view. */
function targetOf(view: View, here: Here): Target | undefined {
  if (view.kind === "today") return { kind: "day", day: here.today };
  return view.kind === "project" || view.kind === "tag" ? view : undefined;
}

function NavLink({ view, icon, count, menu, children }: NavLinkProps) {
  const here = useHere();
  const current = viewKey(useView()) === viewKey(view);
  const place = useDropPlace(targetOf(view, here));
  return (
    <li ref={place.ref} className="group/entry relative">
      <a
        href={addressOf(view)}
        aria-current={current ? "page" : undefined}
        onClick={(event) => {
          event.preventDefault();
          openView(view);
          menuOpen.set(false);
          if (view.kind === "search") focusSoon(SEARCH_INPUT);
        }}
        className={cn(
          ENTRY,
          menu && "max-xl:pr-12 pointer-coarse:pr-12",
          current && "bg-selected font-medium text-accent-text hover:bg-selected hover:text-accent-text",
          place.isOver && OVER,
        )}
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{children}</span>
        {count ? <span className={cn("text-xs tabular-nums", menu && COUNT_BESIDE_MENU)}>{count}</span> : null}
      </a>
      {menu}
    </li>
  );
}

/** A finger has no way to hover: there the menu stands beside the count. */
const COUNT_BESIDE_MENU = "xl:pointer-fine:group-focus-within/entry:opacity-0 xl:pointer-fine:group-hover/entry:opacity-0";

interface Entry {
  name: string;
  open: number;
}

function NamedEntries({ kind, entries }: { kind: GroupKind; entries: Entry[] }) {
  const labels = useLabels();
  const names = entries.map(({ name }) => name);
  const Icon = kind === "project" ? Folder : Hash;
  return (
    <ul className="flex flex-col gap-0.5">
      {entries.map(({ name, open }) => {
        const label = labels.get(`${kind}:${nameKey(name)}`);
        const icon = <Icon className={label?.colour ? TONES[label.colour] : ""} />;
        return (
          <NavLink key={name} view={{ kind, name }} icon={icon} count={open} menu={<GroupMenu group={{ kind, name }} label={label} names={names} />}>
            {name}
          </NavLink>
        );
      })}
    </ul>
  );
}

function NamedViews({ title, kind, entries }: { title: string; kind: GroupKind; entries: Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mt-6 mb-1.5 px-2.5 text-xs font-medium text-muted">{title}</h2>
      <NamedEntries kind={kind} entries={entries} />
    </section>
  );
}

/** Saved filters, with how many open tasks pass each, and the way to a new one. */
function SavedFilters({ open }: { open: Task[] }) {
  const here = useHere();
  const filters = useFilters().data ?? [];
  const counts = useMemo(
    () => filters.map(({ query }) => (query ? open.filter((task) => passes(task, query, here)).length : 0)),
    [filters, open, here],
  );
  const ask = () => {
    menuOpen.set(false);
    editedFilter.set("new");
  };
  return (
    <section aria-label="Filters">
      <div className="mt-6 mb-1.5 flex items-center justify-between pl-2.5">
        <h2 className="text-xs font-medium text-muted">Filters</h2>
        <Button variant="ghost" size="icon" aria-label="New filter" title="New filter" className="xl:size-7" onClick={ask}>
          <Plus />
        </Button>
      </div>
      <ul className="flex flex-col gap-0.5">
        {filters.map((filter, index) => (
          <NavLink key={filter.id} view={{ kind: "filter", name: filter.name }} icon={<ListFilter />} count={counts[index]}
            menu={<FilterMenu filter={filter} filters={filters} />}>
            {filter.name}
          </NavLink>
        ))}
      </ul>
    </section>
  );
}

/** Out of the way, and still there. */
function ArchivedProjects({ entries }: { entries: Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <details className="group/fold mt-4">
      <summary className="flex h-8 items-center rounded-lg px-1.5 text-xs font-medium text-muted hover:bg-hover hover:text-ink max-xl:h-11">
        <ChevronRight aria-hidden className="mr-1 size-3.5 transition-transform group-open/fold:rotate-90" />
        Archived ({entries.length})
      </summary>
      <NamedEntries kind="project" entries={entries} />
    </details>
  );
}

/** The ways to look at the list: by time, by project, by tag. */
export function ViewNav() {
  const here = useHere();
  const labels = useLabels();
  const loaded = useOpenTasks().data;
  const all = useMemo(() => (loaded ?? []).filter((task) => task.status === "open"), [loaded]);
  const open = shownIn({ kind: "all" }, all, labels);
  const tops = topsOf(open);
  const projects = inOrder(labels, "project", countsBy(topsOf(all), (task) => (task.project ? [task.project] : [])));
  const dueNow = open.filter((task) => (localDue(task, here.zone)?.date ?? "9999") <= here.today).length;
  return (
    <nav aria-label="Lists" className="min-h-0 flex-1 overflow-y-auto px-3 pb-4">
      <ul className="flex flex-col gap-0.5">
        <NavLink view={{ kind: "search", text: "" }} icon={<Search />}>
          Search
        </NavLink>
        <NavLink view={{ kind: "today" }} icon={<Sun />} count={dueNow}>
          Today
        </NavLink>
        <NavLink view={{ kind: "upcoming" }} icon={<CalendarDays />}>
          Upcoming
        </NavLink>
        <NavLink view={{ kind: "all" }} icon={<Inbox />} count={tops.length}>
          All tasks
        </NavLink>
        <NavLink view={{ kind: "done" }} icon={<CircleCheck />}>
          Done
        </NavLink>
        <li>
          <Link href="/reminders" onClick={() => menuOpen.set(false)} className={ENTRY}>
            <Bell />
            Reminders
          </Link>
        </li>
      </ul>
      <SavedFilters open={all} />
      <NamedViews title="Projects" kind="project" entries={projects.filter(({ name }) => !isArchived(labels, name))} />
      <ArchivedProjects entries={projects.filter(({ name }) => isArchived(labels, name))} />
      <NamedViews title="Tags" kind="tag" entries={inOrder(labels, "tag", countsBy(open, (task) => task.tags))} />
    </nav>
  );
}
