import type { Schemas } from "@/lib/client";
import { checkedFetch } from "./http";

export type ImportReport = Schemas["ImportOut"];

/** The formats of an export, with the words for people. */
export const EXPORTS = [
  { format: "json", label: "JSON, with everything" },
  { format: "csv", label: "CSV, for spreadsheets" },
  { format: "icalendar", label: "iCalendar, for calendars" },
  { format: "todotxt", label: "todo.txt" },
  { format: "markdown", label: "Markdown" },
] as const;

/** What is sent beside the file. `columns` are field names by place, for a CSV. */
export interface ImportOptions {
  file: File;
  columns?: string[];
}

async function send(path: string, { file, columns }: ImportOptions): Promise<ImportReport> {
  const query = new URLSearchParams({ name: file.name });
  if (columns) query.set("columns", columns.join(","));
  const headers = { "content-type": "application/octet-stream" };
  const answer = await checkedFetch(`${path}?${query}`, { method: "POST", headers, body: file });
  return (await answer.json()) as ImportReport;
}

/** What an import of the file would make; nothing is written. */
export const previewImport = (options: ImportOptions) => send("/api/import/preview", options);

/** Make the file's new tasks, in one turn. */
export const importFile = (options: ImportOptions) => send("/api/import", options);

export const exportAddress = (format: string) => `/api/export?format=${format}`;
