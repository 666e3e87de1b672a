/** More lines than this are asked about before they become tasks. */
export const MANY = 20;
/** As many lines as are taken at a time. */
export const MOST = 10_000;
/** Lines in one request; the server takes up to 200. */
export const BATCH = 100;

/** A line of text that is to be a task; `plain` are ranges of it, in code points, that are to be read as plain words. */
export interface Line {
  text: string;
  plain: [number, number][];
  /** How far it is indented, in steps: it becomes a subtask of the nearest line above with fewer. */
  level?: number;
}

const TAB = 4;
/** The sign of a list's item, with or without a box. */
const BULLET = /^(?:[-*+•◦▪]|\d{1,3}[.)])\s+(?:\[[ xX]?\]\s+)?(?=\S)/;

const columnOf = (whole: string): number => {
  let column = 0;
  for (const sign of whole.slice(0, whole.length - whole.trimStart().length)) column += sign === "\t" ? TAB - (column % TAB) : 1;
  return column;
};

/** The levels of the lines that hold something, by the columns at which they begin. A blank line ends a block. */
export function levelsOf(wholes: string[]): number[] {
  let above: number[] = [];
  return wholes.flatMap((whole) => {
    if (!whole.trim()) {
      above = [];
      return [];
    }
    const column = columnOf(whole);
    while (above.length > 0 && above.at(-1)! >= column) above.pop();
    return [above.push(column) - 1];
  });
}

/** Pasted lines as a block: indented ones stand within those above, and the signs of a list are left out. */
export function blockOf(text: string): Line[] {
  const all = text.split(/\r\n|\r|\n/);
  const wholes = all.filter((whole) => whole.trim());
  const levels = levelsOf(all);
  const isList = wholes.length > 1 && wholes.every((whole) => BULLET.test(whole.trim()));
  return wholes.map((whole, index) => ({
    text: isList ? whole.trim().replace(BULLET, "") : whole.trim(),
    plain: [],
    level: levels[index]!,
  }));
}

/** The lines of a text that hold something, each without the blanks around it; `plain` are ranges of the whole text. */
export function linesOf(text: string, plain: [number, number][] = []): Line[] {
  const lines: Line[] = [];
  const wholes = text.split(/\r\n|\r|\n/);
  let position = 0;
  for (const whole of wholes) {
    const trimmed = whole.trim();
    const start = position + Array.from(whole.slice(0, whole.length - whole.trimStart().length)).length;
    const length = Array.from(trimmed).length;
    const own = plain.flatMap<[number, number]>(([from, to]) =>
      from >= start && to <= start + length ? [[from - start, to - start]] : [],
    );
    if (trimmed) lines.push({ text: trimmed, plain: own });
    position += Array.from(whole).length + 1;
  }
  const levels = levelsOf(wholes);
  return lines.map((line, index) => ({ ...line, level: levels[index]! }));
}
