import { Fragment } from "react";
import { typeset } from "@/lib/shell/typeset";

const ITEM = /^\s*(?:(\d+)[.)]|[-*•])\s+(.*)$/;

/** `**bold**` as models write it; everything else stays as it is. */
function Inline({ text }: { text: string }) {
  return text.split(/\*\*(.+?)\*\*/).map((piece, index) =>
    index % 2 === 1 ? (
      <strong key={index} className="font-semibold">
        {piece}
      </strong>
    ) : (
      <Fragment key={index}>{piece}</Fragment>
    ),
  );
}

/** An answer's text: its lines, those of a list with their numbers in a column of their own. */
export function Prose({ text, withLists = true }: { text: string; withLists?: boolean }) {
  return (
    <div className="flex max-w-full flex-col gap-1 break-words">
      {typeset(text).split("\n").map((line, index) => {
        const item = ITEM.exec(line);
        if (!item) return line.trim() ? <p key={index}><Inline text={line} /></p> : null;
        if (!withLists) return null;
        return (
          <p key={index} className="flex gap-2">
            <span className="min-w-5 shrink-0 text-right text-muted tabular-nums">{item[1] ? `${item[1]}.` : "•"}</span>
            <span className="min-w-0"><Inline text={item[2]!} /></span>
          </p>
        );
      })}
    </div>
  );
}
