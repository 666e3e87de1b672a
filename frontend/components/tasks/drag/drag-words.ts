import type { Active, Announcements, Over, ScreenReaderInstructions } from "@dnd-kit/core";
import { sayTarget } from "@/lib/tasks/drop";
import type { Here } from "@/lib/tasks/views";
import { countDragged, placeOf, rowOf, targetOf } from "./drag-data";

export const INSTRUCTIONS: ScreenReaderInstructions = {
  draggable: "Move this task up or down with Alt and the arrow keys, or drag it. To give it another day, project or tag by keyboard, select it with Space.",
};

/** What a screen reader hears of a drag: titles and places, where the library would read ids aloud. */
export function announcementsFor(here: Here): Announcements {
  const what = (active: Active) => {
    const count = countDragged(String(active.id));
    return count > 1 ? `${count} tasks` : `“${rowOf(active)?.title ?? "A task"}”`;
  };
  const isAre = (active: Active) => (countDragged(String(active.id)) > 1 ? "are" : "is");
  const stays = (active: Active) => (countDragged(String(active.id)) > 1 ? "stay where they were" : "stays where it was");
  const where = (over: Over) => {
    const target = targetOf(over);
    return target ? sayTarget(target, here) : placeOf(over);
  };
  return {
    onDragStart: ({ active }) => `${what(active)} ${isAre(active)} picked up at ${placeOf(active)}.`,
    onDragOver: ({ active, over }) => (over ? `${what(active)} ${isAre(active)} over ${where(over)}.` : `${what(active)} ${isAre(active)} outside the list.`),
    onDragEnd: ({ active, over }) => (over ? `${what(active)} ${isAre(active)} put down at ${where(over)}.` : `${what(active)} ${stays(active)}.`),
    onDragCancel: ({ active }) => `${what(active)} ${stays(active)}.`,
  };
}
