"use client";

import { Bell, CalendarDays, CircleCheck, Folder, Hash, Inbox, Search, Sun } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/lib/shell/cn";
import { focusSoon, menuOpen, SEARCH_INPUT } from "@/lib/shell/ui";
import { addressOf, openView, useView } from "@/lib/shell/view";
import { localDue } from "@/lib/tasks/dates";
import { useHere } from "@/lib/tasks/here";
import { useOpenTasks } from "@/lib/tasks/queries";
import { topsOf } from "@/lib/tasks/tree";
import { GroupMenu } from "./group-menu";
import { countsBy, viewKey, type View } from "@/lib/tasks/views";

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

function NavLink({ view, icon, count, menu, children }: NavLinkProps) {
  const current = viewKey(useView()) === viewKey(view);
  return (
    <li className="group/entry relative">
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

function NamedViews({ title, kind, entries }: { title: string; kind: "project" | "tag"; entries: { name: string; open: number }[] }) {
  if (entries.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mt-6 mb-1.5 px-2.5 text-xs font-medium text-muted">{title}</h2>
      <ul className="flex flex-col gap-0.5">
        {entries.map(({ name, open }) => (
          <NavLink key={name} view={{ kind, name }} icon={kind === "project" ? <Folder /> : <Hash />} count={open} menu={<GroupMenu group={{ kind, name }} />}>
            {name}
          </NavLink>
        ))}
      </ul>
    </section>
  );
}

/** The ways to look at the list: by time, by project, by tag. */
export function ViewNav() {
  const here = useHere();
  const open = (useOpenTasks().data ?? []).filter((task) => task.status === "open");
  const tops = topsOf(open);
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
      <NamedViews title="Projects" kind="project" entries={countsBy(tops, (task) => (task.project ? [task.project] : []))} />
      <NamedViews title="Tags" kind="tag" entries={countsBy(open, (task) => task.tags)} />
    </nav>
  );
}
