"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Archive, ArchiveRestore, ArrowDown, ArrowUp, Ellipsis, Pencil } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator, useAfterMenu } from "@/components/ui/menu";
import type { Colour, Label } from "@/lib/api/groups";
import { cn } from "@/lib/shell/cn";
import { menuOpen } from "@/lib/shell/ui";
import { archiveProject, colourGroup, moveGroup, renamedGroup, type GroupName } from "@/lib/tasks/groups";
import { COLOURS, TONES } from "@/lib/tasks/labels";

interface GroupMenuProps {
  group: GroupName;
  label: Label | undefined;
  /** All of its kind that stand beside it, in their order. */
  names: string[];
}

/** What can be done with a project or tag as a whole. */
export function GroupMenu({ group, label, names }: GroupMenuProps) {
  const client = useQueryClient();
  const { later, onClosed } = useAfterMenu();
  const { kind, name } = group;
  const title = `More for the ${kind} ${name}`;
  const ask = later(() => {
    menuOpen.set(false);
    renamedGroup.set(group);
  });
  const place = names.indexOf(name);
  const move = (step: -1 | 1) => void moveGroup(client, group, names, step);
  const archived = label?.archived ?? false;
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
      <MenuItem icon={<Pencil />} onSelect={ask}>
        Rename or merge…
      </MenuItem>
      <MenuSeparator />
      <ColourChoice colour={label?.colour ?? null} onColour={(colour) => void colourGroup(client, group, colour)} />
      <MenuSeparator />
      {place > 0 && <MenuItem icon={<ArrowUp />} onSelect={() => move(-1)}>Move up</MenuItem>}
      {place < names.length - 1 && <MenuItem icon={<ArrowDown />} onSelect={() => move(1)}>Move down</MenuItem>}
      {kind === "project" && (
        <MenuItem icon={archived ? <ArchiveRestore /> : <Archive />} onSelect={() => void archiveProject(client, name, !archived)}>
          {archived ? "Bring back" : "Archive"}
        </MenuItem>
      )}
    </Menu>
  );
}

/** The palette; the colour that it has takes it off again. */
function ColourChoice({ colour, onColour }: { colour: Colour | null; onColour: (colour: Colour | null) => void }) {
  return (
    <DropdownMenu.Group aria-label="Colour" className="grid grid-cols-5 gap-0.5 px-1">
      {[null, ...COLOURS].map((one) => (
        <DropdownMenu.CheckboxItem
          key={one ?? "none"}
          checked={one === colour}
          onSelect={() => onColour(one)}
          aria-label={one ? `Colour: ${one}` : "No colour"}
          title={one ?? "No colour"}
          className={cn(
            "grid size-9 cursor-default place-items-center rounded-lg outline-none data-highlighted:bg-hover data-[state=checked]:bg-selected max-md:size-11",
            one ? TONES[one] : "text-muted",
          )}
        >
          <span aria-hidden className={cn("size-4 rounded-full border-2 border-current", one && "bg-current")} />
        </DropdownMenu.CheckboxItem>
      ))}
    </DropdownMenu.Group>
  );
}
