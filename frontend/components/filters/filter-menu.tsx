"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator, useAfterMenu } from "@/components/ui/menu";
import type { SavedFilter } from "@/lib/api/filters";
import { menuOpen } from "@/lib/shell/ui";
import { editedFilter, moveFilter, removeFilter } from "@/lib/tasks/filters";

/** What can be done with a saved filter. */
export function FilterMenu({ filter, filters }: { filter: SavedFilter; filters: SavedFilter[] }) {
  const client = useQueryClient();
  const { later, onClosed } = useAfterMenu();
  const title = `More for the filter ${filter.name}`;
  const place = filters.indexOf(filter);
  const ask = later(() => {
    menuOpen.set(false);
    editedFilter.set(filter);
  });
  const trigger = (
    <Button
      variant="ghost"
      size="icon"
      aria-label={title}
      className="absolute inset-y-0 right-0.5 my-auto opacity-0 group-focus-within/entry:opacity-100 group-hover/entry:opacity-100 data-[state=open]:opacity-100 max-xl:size-11 max-xl:opacity-100 xl:size-7 pointer-coarse:opacity-100"
    >
      <Ellipsis />
    </Button>
  );
  return (
    <Menu trigger={trigger} label={title} onClosed={onClosed}>
      <MenuItem icon={<Pencil />} onSelect={ask}>Rename or change…</MenuItem>
      {place > 0 && <MenuItem icon={<ArrowUp />} onSelect={() => void moveFilter(client, filters, filter, -1)}>Move up</MenuItem>}
      {place < filters.length - 1 && <MenuItem icon={<ArrowDown />} onSelect={() => void moveFilter(client, filters, filter, 1)}>Move down</MenuItem>}
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} tone="danger" onSelect={() => void removeFilter(client, filter)}>Delete</MenuItem>
    </Menu>
  );
}
