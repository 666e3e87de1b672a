"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, CalendarOff, CalendarPlus, Ellipsis, ListIndentDecrease, ListIndentIncrease, ListPlus, Pencil, Sun, Sunrise, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { Task } from "@/lib/api/types";
import { editedTask, growingTask } from "@/lib/shell/ui";
import { addDays, localDue, nextMonday } from "@/lib/tasks/dates";
import type { Way, Ways } from "@/lib/tasks/nest";
import { toggleUnfolded } from "@/lib/tasks/subtasks";
import { LEVELS } from "@/lib/tasks/tree";
import type { Here } from "@/lib/tasks/views";
import { deleteTask, editTask } from "@/lib/tasks/write";

interface RowMenuProps {
  task: Task;
  here: Here;
  depth: number;
  ways?: () => Ways;
  onNest?: (way: Way) => void;
  onMove?: (step: -1 | 1) => void;
}

function NestItems({ ways, onNest }: { ways: Ways; onNest: (way: Way) => void }) {
  return (
    <>
      {ways.into && (
        <MenuItem icon={<ListIndentIncrease />} keys="Alt →" onSelect={() => onNest("into")}>
          Into “{shortened(ways.into.title)}”
        </MenuItem>
      )}
      {ways.outOf && (
        <MenuItem icon={<ListIndentDecrease />} keys="Alt ←" onSelect={() => onNest("out")}>
          Out of “{shortened(ways.outOf.title)}”
        </MenuItem>
      )}
    </>
  );
}

const LONGEST = 24;
const shortened = (title: string): string => (title.length > LONGEST ? `${title.slice(0, LONGEST - 1)}…` : title);

/** Everything that can be done to one task, for the mouse and the thumb. */
export function RowMenu({ task, here, depth, ways, onNest, onMove }: RowMenuProps) {
  const client = useQueryClient();
  const time = localDue(task, here.zone)?.time;
  const moveTo = (day: string) => {
    const due = time ? `${day}T${time}` : day;
    void editTask(client, task, { due, timezone: here.zone });
  };
  const grow = () => {
    toggleUnfolded(task.id, true);
    // The menu gives the focus back to its button first.
    setTimeout(() => growingTask.set(task.id));
  };
  const trigger = (
    <Button
      variant="ghost"
      size="icon"
      aria-label={`More for ${task.title}`}
      className="opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 data-[state=open]:opacity-100 max-md:opacity-100 pointer-coarse:opacity-100"
    >
      <Ellipsis />
    </Button>
  );
  return (
    <Menu trigger={trigger} label={`More for ${task.title}`}>
      <MenuItem icon={<Pencil />} keys="E" onSelect={() => editedTask.set(task.id)}>
        Edit
      </MenuItem>
      {depth + 1 < LEVELS && task.status === "open" && (
        <MenuItem icon={<ListPlus />} onSelect={grow}>
          Add a subtask
        </MenuItem>
      )}
      {ways && onNest && <NestItems ways={ways()} onNest={onNest} />}
      <MenuSeparator />
      <MenuItem icon={<Sun />} onSelect={() => moveTo(here.today)}>
        Today
      </MenuItem>
      <MenuItem icon={<Sunrise />} onSelect={() => moveTo(addDays(here.today, 1))}>
        Tomorrow
      </MenuItem>
      <MenuItem icon={<CalendarPlus />} onSelect={() => moveTo(nextMonday(here.today))}>
        Next week
      </MenuItem>
      {task.due && !task.recurrence && (
        <MenuItem icon={<CalendarOff />} onSelect={() => void editTask(client, task, { due: null })}>
          No date
        </MenuItem>
      )}
      {onMove && (
        <>
          <MenuSeparator />
          <MenuItem icon={<ArrowUp />} keys="Alt ↑" onSelect={() => onMove(-1)}>
            Move up
          </MenuItem>
          <MenuItem icon={<ArrowDown />} keys="Alt ↓" onSelect={() => onMove(1)}>
            Move down
          </MenuItem>
        </>
      )}
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} keys="#" tone="danger" onSelect={() => void deleteTask(client, task)}>
        Delete
      </MenuItem>
    </Menu>
  );
}
