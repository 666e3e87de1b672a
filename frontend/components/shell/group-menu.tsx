"use client";

import { Ellipsis, Pencil } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, useAfterMenu } from "@/components/ui/menu";
import { menuOpen } from "@/lib/shell/ui";
import { renamedGroup, type GroupName } from "@/lib/tasks/groups";

/** What can be done with a project or tag as a whole. */
export function GroupMenu({ group }: { group: GroupName }) {
  const label = `More for the ${group.kind} ${group.name}`;
  const { later, onClosed } = useAfterMenu();
  const ask = later(() => {
    menuOpen.set(false);
    renamedGroup.set(group);
  });
  const trigger = (
    <Button
      variant="ghost"
      size="icon"
      aria-label={label}
      className="absolute inset-y-0 right-0.5 my-auto opacity-0 group-focus-within/entry:opacity-100 group-hover/entry:opacity-100 data-[state=open]:opacity-100 max-xl:size-11 max-xl:opacity-100 xl:size-7 pointer-coarse:opacity-100"
    >
      <Ellipsis />
    </Button>
  );
  return (
    <Menu trigger={trigger} label={label} onClosed={onClosed}>
      <MenuItem icon={<Pencil />} onSelect={ask}>
        Rename or merge…
      </MenuItem>
    </Menu>
  );
}
