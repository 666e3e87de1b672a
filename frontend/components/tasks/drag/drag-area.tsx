"use client";

import { DndContext, DragOverlay, MouseSensor, TouchSensor, useSensor, useSensors, type DragEndEvent, type Modifier } from "@dnd-kit/core";
import { getEventCoordinates } from "@dnd-kit/utilities";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useId, useMemo, useState, type ReactNode } from "react";
import type { Task } from "@/lib/api/types";
import { toast } from "@/lib/shell/toasts";
import { doToMany, mustAsk, type Deed } from "@/lib/tasks/bulk";
import { findTasks } from "@/lib/tasks/cache";
import { endChoice } from "@/lib/tasks/choice";
import { deedOf, isThere, type Target } from "@/lib/tasks/drop";
import { useHere } from "@/lib/tasks/here";
import { underPointer } from "./collision";
import { countDragged, draggedWith, rowOf, targetOf } from "./drag-data";
import { announcementsFor, INSTRUCTIONS } from "./drag-words";

const ConfirmDialog = dynamic(() => import("../choice/confirm-dialog").then((module) => module.ConfirmDialog), { loading: () => null });

/** A little below the pointer, which shows where it would fall. */
const BESIDE = 10;

const besidePointer: Modifier = ({ activatorEvent, activeNodeRect, transform }) => {
  const start = activatorEvent && getEventCoordinates(activatorEvent);
  if (!start || !activeNodeRect) return transform;
  return { ...transform, x: transform.x + start.x - activeNodeRect.left + BESIDE, y: transform.y + start.y - activeNodeRect.top + BESIDE };
};

/** What is dropped on the sidebar or a heading is changed as by the selection's bar: all at once, and undone at once. */
function useDrop() {
  const client = useQueryClient();
  const { zone } = useHere();
  const [asking, setAsking] = useState<{ deed: Deed; tasks: Task[] } | null>(null);
  const carryOut = async (tasks: Task[], deed: Deed) => {
    setAsking(null);
    if (await doToMany(client, tasks, deed)) endChoice();
  };
  const drop = (ids: ReadonlySet<string>, target: Target) => {
    const tasks = findTasks(client, ids).filter((task) => !isThere(task, target, zone));
    const deed = deedOf(target, zone);
    if (tasks.length === 0) toast(ids.size === 1 ? "It is there already." : "They are there already.");
    else if (mustAsk(deed.act, tasks)) setAsking({ deed, tasks });
    else void carryOut(tasks, deed);
  };
  return { drop, asking, carryOut, cancel: () => setAsking(null) };
}

/** Where rows are dragged: among each other, onto the sidebar, and under another heading. */
export function DragArea({ children }: { children: ReactNode }) {
  const here = useHere();
  const contextId = useId();
  const { drop, asking, carryOut, cancel } = useDrop();
  const [dragged, setDragged] = useState<string | null>(null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  );
  const accessibility = useMemo(() => ({ announcements: announcementsFor(here), screenReaderInstructions: INSTRUCTIONS }), [here]);
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    const target = over && targetOf(over);
    if (target) drop(draggedWith(String(active.id)), target);
  };
  return (
    <DndContext id={contextId} sensors={sensors} collisionDetection={underPointer} accessibility={accessibility}
      onDragStart={({ active }) => setDragged(sayDragged(String(active.id), rowOf(active)?.title ?? ""))} onDragEnd={onDragEnd} onDragCancel={() => setDragged(null)}>
      {children}
      <DragOverlay modifiers={[besidePointer]} dropAnimation={null} className="pointer-events-none" zIndex={60}>
        {dragged !== null && <p aria-hidden className="w-fit max-w-64 truncate rounded-lg border bg-raised px-3 py-1.5 text-sm shadow-raised">{dragged}</p>}
      </DragOverlay>
      {asking && <ConfirmDialog deed={asking.deed} tasks={asking.tasks} here={here} onClose={cancel} onAgreed={(deed) => void carryOut(asking.tasks, deed)} />}
    </DndContext>
  );
}

function sayDragged(id: string, title: string): string {
  const count = countDragged(id);
  return count > 1 ? `${count} tasks` : title;
}
