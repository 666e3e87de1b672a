import { closestCenter, pointerWithin, type CollisionDetection } from "@dnd-kit/core";
import { countDragged, placeDataOf, rowOf } from "./drag-data";

function isOverList(point: { x: number; y: number } | null): boolean {
  const box = document.getElementById("list")?.getBoundingClientRect();
  return box !== undefined && point !== null && point.x >= box.left && point.x <= box.right;
}

/**
 * What is under the pointer: an entry of the sidebar or a heading that the row does not stand under, with the rows below it;
 * else, for a single row, the nearest one under its own heading.
 */
export const underPointer: CollisionDetection = (args) => {
  const own = rowOf(args.active)?.group;
  const places = args.droppableContainers.filter((one) => {
    const place = placeDataOf(one);
    return place !== undefined && (place.group === undefined || place.group !== own);
  });
  const [place] = pointerWithin({ ...args, droppableContainers: places });
  if (place) return [place];
  if (countDragged(String(args.active.id)) > 1 || !isOverList(args.pointerCoordinates)) return [];
  const rows = args.droppableContainers.filter((one) => rowOf(one)?.group === own);
  const exact = pointerWithin({ ...args, droppableContainers: rows });
  return exact.length > 0 ? exact : closestCenter({ ...args, droppableContainers: rows });
};
