import type { Announcements, ScreenReaderInstructions, UniqueIdentifier } from "@dnd-kit/core";
import type { Task } from "@/lib/api/types";

export const INSTRUCTIONS: ScreenReaderInstructions = {
  draggable: "Move this task up or down with Alt and the arrow keys, or drag it.",
};

/** What a screen reader hears of a drag: titles and places, where the library would read ids aloud. */
export function announcementsFor(tasks: Task[]): Announcements {
  const titleOf = (id: UniqueIdentifier) => `“${tasks.find((task) => task.id === id)?.title ?? "A task"}”`;
  const placeOf = (id: UniqueIdentifier) => `place ${tasks.findIndex((task) => task.id === id) + 1} of ${tasks.length}`;
  return {
    onDragStart: ({ active }) => `${titleOf(active.id)} is picked up at ${placeOf(active.id)}.`,
    onDragOver: ({ active, over }) =>
      over ? `${titleOf(active.id)} is over ${placeOf(over.id)}.` : `${titleOf(active.id)} is outside the list.`,
    onDragEnd: ({ active, over }) =>
      over ? `${titleOf(active.id)} is put down at ${placeOf(over.id)}.` : `${titleOf(active.id)} stays where it was.`,
    onDragCancel: ({ active }) => `${titleOf(active.id)} stays where it was.`,
  };
}
