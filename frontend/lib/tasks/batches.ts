"use client";

import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { failureMessage } from "@/lib/api/http";
import { addLines, undo } from "@/lib/api/tasks";
import { randomId } from "@/lib/shell/identifiers";
import { toast } from "@/lib/shell/toasts";
import { quietly } from "./live";
import { BATCH, type Line } from "./lines";
import { UNDONE } from "./undo";
import { defaultsFor, type Here, type View } from "./views";

interface Progress {
  state: "asked" | "adding" | "stopped";
  added: number;
  problem: string;
}

const ASKED: Progress = { state: "asked", added: 0, problem: "" };

/** Adds many lines, a batch a request, so that what is added can be told, stopped and gone on with. */
export function useBatches(lines: Line[] | null, place: { view: View; here: Here }, onDone: () => void) {
  const client = useQueryClient();
  const [progress, setProgress] = useState(ASKED);
  /** A batch whose answer was lost is sent again under its own key, so that nothing is added twice. */
  const run = useRef(newRun());
  useEffect(() => {
    setProgress(ASKED);
    run.current = newRun();
    return () => void (run.current.stopped = true);
  }, [lines]);

  const addFrom = async (all: Line[], first: number) => {
    const current = run.current;
    current.stopped = false;
    let added = first;
    setProgress({ state: "adding", added, problem: "" });
    try {
      while (added < all.length && !current.stopped) {
        const batch = batchOf(all, added);
        const key = current.keys.get(added) ?? randomId();
        current.keys.set(added, key);
        const within = batch[0]!.level ? current.top : null;
        const defaults = within ? { parent_id: within } : defaultsFor(place.view, place.here);
        const { value, undoToken } = await addLines(batch, defaults, key);
        current.top = value.findLast((task) => !task.parent_id)?.id ?? within;
        if (undoToken) current.tokens.push(undoToken);
        added += batch.length;
        setProgress({ state: "adding", added, problem: "" });
      }
      if (added < all.length) setProgress({ state: "stopped", added, problem: "" });
    } catch (error) {
      setProgress({ state: "stopped", added, problem: failureMessage(error) });
    }
    if (added === all.length) onDone();
    if (current.tokens.length > 0 && (added === all.length || current.stopped)) offerUndo(client, added, current.tokens);
  };
  const start = () => lines && quietly(client, () => addFrom(lines, progress.added));
  return { ...progress, start: () => void start(), stop: () => void (run.current.stopped = true) };
}

/** `top` is the last task that was added as no subtask: a block that is longer than a request goes on within it. */
const newRun = () => ({ stopped: false, tokens: [] as string[], keys: new Map<number, string>(), top: null as string | null });

/** The next lines: as many as go into a request, cut where a block begins if one does. */
function batchOf(all: Line[], first: number): Line[] {
  const lines = all.slice(first, first + BATCH);
  if (first + lines.length === all.length || !all[first + BATCH]!.level) return lines;
  const cut = lines.findLastIndex((line) => !line.level);
  return cut > 0 ? lines.slice(0, cut) : lines;
}

function offerUndo(client: QueryClient, added: number, tokens: string[]): void {
  toast(`Added ${added.toLocaleString("en")} tasks.`, { action: { label: "Undo", run: () => void takeBack(client, [...tokens]) } });
}

/** Undo the batches, the last first; what could not be taken back is told with its reason. */
async function takeBack(client: QueryClient, tokens: string[]): Promise<void> {
  await quietly(client, async () => {
    try {
      for (let token = tokens.pop(); token; token = tokens.pop()) await undo(token);
      toast("Undone: the tasks that you pasted.");
    } catch (error) {
      toast(`Not all of it was undone. ${failureMessage(error)}`, { tone: "error" });
    }
  });
  await client.invalidateQueries({ queryKey: UNDONE });
}
