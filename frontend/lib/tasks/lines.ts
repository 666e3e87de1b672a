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
}

/** The lines of a text that hold something, each without the blanks around it; `plain` are ranges of the whole text. */
export function linesOf(text: string, plain: [number, number][] = []): Line[] {
  const lines: Line[] = [];
  let position = 0;
  for (const whole of text.split(/\r\n|\r|\n/)) {
    const trimmed = whole.trim();
    const start = position + Array.from(whole.slice(0, whole.length - whole.trimStart().length)).length;
    const length = Array.from(trimmed).length;
    const own = plain.flatMap<[number, number]>(([from, to]) =>
      from >= start && to <= start + length ? [[from - start, to - start]] : [],
    );
    if (trimmed) lines.push({ text: trimmed, plain: own });
    position += Array.from(whole).length + 1;
  }
  return lines;
}
