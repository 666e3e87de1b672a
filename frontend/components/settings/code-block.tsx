import { CopyButton } from "./copy-button";

interface CodeBlockProps {
  /** What it is for, in the labels. */
  name: string;
  /** Where it goes. */
  place: string;
  text: string;
}

/** Text to copy. */
export function CodeBlock({ name, place, text }: CodeBlockProps) {
  return (
    <div className="overflow-hidden rounded-2xl border bg-surface">
      <div className="flex items-center justify-between gap-3 border-b py-2 pr-2 pl-4">
        <p className="min-w-0 text-[0.8125rem] text-muted">{place}</p>
        <CopyButton text={text} label={`Copy for ${name}`} />
      </div>
      <pre role="region" tabIndex={0} aria-label={`For ${name}`} className="overflow-x-auto p-4 font-mono text-[0.8125rem] leading-relaxed">
        {text}
      </pre>
    </div>
  );
}
