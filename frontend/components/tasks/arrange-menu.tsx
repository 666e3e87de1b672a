"use client";

import { ArrowDownWideNarrow, Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { cn } from "@/lib/shell/cn";
import { arrange, useArrangement } from "@/lib/tasks/arranged";
import { GROUPINGS, isUsual, SORTS, usualFor, type Arrangement, type GroupBy, type SortBy } from "@/lib/tasks/arrangement";
import type { View } from "@/lib/tasks/views";

const SORT_NAMES: Record<SortBy, string> = {
  own: "My own order",
  due: "Due date",
  priority: "Priority",
  title: "Title",
  created: "Newest first",
};

const GROUP_NAMES: Record<GroupBy, string> = { none: "Nothing", date: "Date", project: "Project", priority: "Priority" };

/** "By title, grouped by project", for where it is not as usual. */
function told({ sort, group }: Arrangement): string {
  const order = sort === "own" || sort === "created" ? SORT_NAMES[sort] : `By ${SORT_NAMES[sort].toLowerCase()}`;
  return group === "none" ? order : `${order}, grouped by ${GROUP_NAMES[group].toLowerCase()}`;
}

/** How the view is arranged, said under its title where it is not as usual. */
export function ArrangeNote({ view }: { view: View }) {
  const now = useArrangement(view);
  return isUsual(view, now) ? null : <p className="mt-1 text-sm text-muted">{told(now)}</p>;
}

/** In which order the list stands, and under which headings; kept for this view in this browser. */
export function ArrangeMenu({ view }: { view: View }) {
  const now = useArrangement(view);
  const usual = isUsual(view, now);
  const trigger = (
    <Button variant="ghost" size="icon" aria-label="Arrange the tasks" aria-description={told(now)} title="Arrange the tasks"
      className={cn("self-start max-md:-my-1.5", !usual && "text-accent-text")}>
      <ArrowDownWideNarrow />
    </Button>
  );
  return (
    <Menu trigger={trigger} label="Arrange the tasks">
      <Choice title="Sort by" values={SORTS} names={SORT_NAMES} chosen={now.sort} onChoice={(sort) => arrange(view, { ...now, sort })} />
      {now.sort !== "own" && <p className="max-w-60 px-2.5 pb-1 text-xs text-muted">Tasks are dragged up and down in your own order alone.</p>}
      <MenuSeparator />
      <Choice title="Group by" values={GROUPINGS} names={GROUP_NAMES} chosen={now.group} onChoice={(group) => arrange(view, { ...now, group })} />
      {!usual && (
        <>
          <MenuSeparator />
          <MenuItem onSelect={() => arrange(view, usualFor(view))}>As at first</MenuItem>
        </>
      )}
    </Menu>
  );
}

interface ChoiceProps<Value extends string> {
  title: string;
  values: readonly Value[];
  names: Record<Value, string>;
  chosen: Value;
  onChoice: (value: Value) => void;
}

function Choice<Value extends string>({ title, values, names, chosen, onChoice }: ChoiceProps<Value>) {
  return (
    <DropdownMenu.RadioGroup aria-label={title} value={chosen} onValueChange={(value) => onChoice(value as Value)}>
      <MenuLabel>{title}</MenuLabel>
      {values.map((value) => (
        <DropdownMenu.RadioItem key={value} value={value}
          className="flex min-h-8 cursor-default items-center gap-2.5 rounded-lg px-2.5 py-1 text-sm outline-none select-none data-highlighted:bg-hover max-md:min-h-11">
          <span className="flex-1">{names[value]}</span>
          <DropdownMenu.ItemIndicator><Check aria-hidden className="size-4 text-accent-text" /></DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
