"use client";

import { useDroppable } from "@dnd-kit/core";
import { useId } from "react";
import type { Target } from "@/lib/tasks/drop";
import type { PlaceData } from "./drag-data";

/** The look of a place that what is dragged would fall on. */
export const OVER = "bg-selected outline-2 -outline-offset-2 outline-accent";

/** The same of a heading with its rows. */
export const AROUND = "outline-2 outline-offset-6 outline-accent";

/** Makes an element a place to drop tasks on, if there is a target; a heading names its group. */
export function useDropPlace(target: Target | undefined, group?: string) {
  const data = target && ({ target, group } satisfies PlaceData);
  const { setNodeRef, isOver } = useDroppable({ id: useId(), data, disabled: !target });
  return { ref: setNodeRef, isOver };
}
