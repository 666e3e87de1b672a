"use client";

import { CalendarDays, Clock, Flag, Folder, Hash, Repeat, X } from "lucide-react";
import type { Span } from "@/lib/api/types";

const ICONS = { date: CalendarDays, time: Clock, recurrence: Repeat, priority: Flag, tag: Hash, project: Folder };

interface ReadingChipsProps {
  id: string;
  text: string;
  spans: Span[];
  onReject: (span: Span) => void;
}

/** What the marked words mean, each a button that keeps them as plain words. */
export function ReadingChips({ id, text, spans, onReject }: ReadingChipsProps) {
  return (
    <ul id={id} aria-label="Read as" className="flex flex-wrap gap-1.5 px-3 pb-2 empty:hidden">
      {spans.map((span) => {
        const Icon = ICONS[span.kind];
        const words = text.slice(span.start, span.end);
        return (
          <li key={`${span.start}-${span.kind}`}>
            <button
              type="button"
              aria-label={`“${words}” is read as ${span.label}. Keep it as plain words.`}
              onClick={() => onReject(span)}
              className="group/chip flex h-7 animate-appear items-center gap-1.5 rounded-full bg-accent-soft pr-2 pl-2.5 text-[0.8125rem] text-accent-text max-md:h-11 max-md:px-3.5"
            >
              <Icon className="size-3.5" aria-hidden />
              {span.label}
              <X className="size-3 opacity-60 group-hover/chip:opacity-100" aria-hidden />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
