import type { Active, Over } from "@dnd-kit/core";
import { chosenTasks } from "@/lib/tasks/choice";
import type { Target } from "@/lib/tasks/drop";

/** What a row tells of itself to who drags it. */
export interface RowData {
  title: string;
  /** The heading that it stands under. */
  group: string;
}

/** What a place tells where rows are dropped; a heading of the list also tells which one it is. */
export interface PlaceData {
  target: Target;
  group?: string;
}

type Dragged = Pick<Active | Over, "data">;

export const rowOf = ({ data }: Dragged): RowData | undefined => (data.current && "title" in data.current ? (data.current as unknown as RowData) : undefined);
export const placeDataOf = ({ data }: Dragged): PlaceData | undefined => (data.current && "target" in data.current ? (data.current as unknown as PlaceData) : undefined);
export const targetOf = (over: Dragged): Target | undefined => placeDataOf(over)?.target;

/** "place 2 of 7", among the rows of the list. */
export function placeOf({ data }: Dragged): string {
  const { index, items } = (data.current?.sortable ?? { index: 0, items: [0] }) as { index: number; items: unknown[] };
  return `place ${index + 1} of ${items.length}`;
}

/** What goes along with a row that is dragged: all that is selected, if it is. */
export function draggedWith(id: string): ReadonlySet<string> {
  const { ids } = chosenTasks.get();
  return ids.has(id) ? ids : new Set([id]);
}

export const countDragged = (id: string): number => draggedWith(id).size;
