import Link from "next/link";
import { Fragment } from "react";
import { typeset } from "@/lib/shell/typeset";

const ITEM = /^\s*(?:(\d+)[.)]|[-*•])\s+(.*)$/;

/** A link into the settings, which is all that an answer may link to. */
const SETTINGS = /\[([^\][]{1,60})\]\((\/settings(?:#[a-z-]{1,40})?)\)/;

/** `**bold**` as models write it, and links into the settings as buttons; everything else stays as it is. */
function Inline({ text }: { text: string }) {
  return text.split(/\*\*(.+?)\*\*/).map((piece, index) =>
    index % 2 === 1 ? (
      <strong key={index} className="font-semibold">
        {piece}
      </strong>
    ) : (
      <Linked key={index} text={piece} />
    ),
  );
}

function Linked({ text }: { text: string }) {
  const found = SETTINGS.exec(text);
  if (!found) return <Fragment>{text}</Fragment>;
  return (
    <>
      {text.slice(0, found.index)}
      <Link
        href={found[2]!}
        className="inline-block rounded-md border border-line px-2 py-0.5 font-medium text-accent-text hover:bg-hover"
      >
        {found[1]}
      </Link>
      {text.slice(found.index + found[0].length)}
    </>
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
