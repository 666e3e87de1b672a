"use client";

import { Upload } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/shell/cn";

/** A place to drop a file on, with a button to choose one. */
export function FileDrop({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !busy) onFile(file);
    // The same file may be chosen again, as after it was mended.
    if (input.current) input.current.value = "";
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        "flex flex-col items-center gap-3 rounded-2xl border border-dashed px-4 py-6 text-center",
        over ? "border-accent bg-hover" : "border-line-strong bg-surface",
      )}
    >
      <Upload aria-hidden className="size-5 text-muted" />
      <p id="import-help" className="text-sm text-muted">
        Drop a file here: CSV, JSON, iCalendar, todo.txt, Markdown, or a zip of them. At most 16 MB.
      </p>
      <Button disabled={busy} aria-describedby="import-help" onClick={() => input.current?.click()}>
        Choose a file
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="A file to import"
        accept=".csv,.tsv,.json,.jsonl,.ndjson,.ics,.ical,.txt,.md,.markdown,.zip"
        onChange={(event) => take(event.target.files)}
      />
    </div>
  );
}
