"use client";

import { useEffect, useState } from "react";
import { interpret, type ReadAs } from "@/lib/api/chat";
import type { Span } from "@/lib/api/types";
import { followEdit, toPoints, toUnits, type Range } from "./ranges";

/** Long enough that a word being typed is not read letter by letter. */
const PAUSE = 120;
const SHORTEST = 3;

interface Reading {
  text: string;
  spans: Span[];
  plain: Range[];
}

const NOTHING: Reading = { text: "", spans: [], plain: [] };

/** What is read in a text while it is typed, and which of it the person turned back into plain words. */
export function useReading(text: string, as: ReadAs = "message") {
  const [reading, setReading] = useState(NOTHING);
  const plain = followEdit(reading.plain, reading.text, text);
  const plainKey = JSON.stringify(plain);

  useEffect(() => {
    const current = JSON.parse(plainKey) as Range[];
    if (text.trim().length < SHORTEST) {
      setReading({ text, spans: [], plain: text ? current : [] });
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      interpret(text, toPoints(text, current), as, abort.signal)
        .then((spans) => setReading({ text, spans: toUnits(text, spans), plain: current }))
        // Highlights are a help, not a need: without them the text is sent just the same, and the banner says why.
        .catch(() => !abort.signal.aborted && setReading({ text, spans: [], plain: current }));
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, plainKey, as]);

  const reject = (span: Range) => {
    const spans = followEdit(reading.spans, reading.text, text).filter(({ start }) => start !== span.start);
    setReading({ text, spans, plain: [...plain, { start: span.start, end: span.end }] });
  };
  return { spans: followEdit(reading.spans, reading.text, text), plain: toPoints(text, plain), reject };
}
