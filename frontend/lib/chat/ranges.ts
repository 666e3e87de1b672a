/** A part of a text: from `start` up to but not including `end`, in UTF-16 units as JavaScript counts them. */
export interface Range {
  start: number;
  end: number;
}

/** The server counts code points; a character outside the basic plane (an emoji) is one there and two here. */
export function toUnits<Part extends Range>(text: string, ranges: Part[]): Part[] {
  const units = [0];
  for (const character of text) units.push(units.at(-1)! + character.length);
  const at = (point: number) => units[Math.min(point, units.length - 1)]!;
  return ranges.map((range) => ({ ...range, start: at(range.start), end: at(range.end) }));
}

/** The same ranges in code points. */
export function toPoints(text: string, ranges: Range[]): [number, number][] {
  const points = (unit: number) => Array.from(text.slice(0, unit)).length;
  return ranges.map(({ start, end }) => [points(start), points(end)]);
}

function commonPrefix(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  let length = 0;
  while (length < most && left[length] === right[length]) length += 1;
  return length;
}

function commonSuffix(left: string, right: string, most: number): number {
  let length = 0;
  while (length < most && left[left.length - 1 - length] === right[right.length - 1 - length]) length += 1;
  return length;
}

/** Carry ranges over an edit: those before or after it move along, those it touched are dropped. */
export function followEdit<Part extends Range>(ranges: Part[], before: string, after: string): Part[] {
  if (before === after) return ranges;
  const prefix = commonPrefix(before, after);
  const suffix = commonSuffix(before, after, Math.min(before.length, after.length) - prefix);
  const shift = after.length - before.length;
  return ranges.flatMap((range) => {
    if (range.end <= prefix) return [range];
    if (range.start >= before.length - suffix) return [{ ...range, start: range.start + shift, end: range.end + shift }];
    return [];
  });
}

/** Cut a text at its ranges: pieces in order, each with the range that it stands for, if any. */
export function pieces<Part extends Range>(text: string, ranges: Part[]): { text: string; range: Part | null }[] {
  const cut: { text: string; range: Part | null }[] = [];
  let position = 0;
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    if (range.start < position || range.end > text.length) continue;
    if (range.start > position) cut.push({ text: text.slice(position, range.start), range: null });
    cut.push({ text: text.slice(range.start, range.end), range });
    position = range.end;
  }
  if (position < text.length) cut.push({ text: text.slice(position), range: null });
  return cut;
}
