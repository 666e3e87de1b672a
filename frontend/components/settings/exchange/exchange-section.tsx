"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { EXPORTS, exportAddress, importFile, previewImport, type ImportOptions, type ImportReport } from "@/lib/api/exchange";
import { failureMessage } from "@/lib/api/http";
import { undoTurn } from "@/lib/tasks/undo";
import { ColumnFields } from "./column-fields";
import { FileDrop } from "./file-drop";
import { Report } from "./report";

interface Shown {
  options: ImportOptions;
  report: ImportReport;
  made: boolean;
}

/** A list brought in from another program's file, shown before it is made; and the list taken out. */
export function ExchangeSection() {
  const [shown, setShown] = useState<Shown | null>(null);
  const looking = useMutation({
    mutationFn: previewImport,
    onSuccess: (report, options) => setShown({ options, report, made: false }),
    onError: () => setShown(null),
  });
  const client = useQueryClient();
  const making = useMutation({
    mutationFn: importFile,
    onSuccess: (report, options) => {
      setShown({ options, report, made: true });
      void client.invalidateQueries();
    },
  });
  const failure = looking.error ?? making.error;
  const busy = looking.isPending || making.isPending;
  const look = (options: ImportOptions) => {
    making.reset();
    looking.mutate(options);
  };
  return (
    <section id="exchange" aria-labelledby="exchange-heading" className="flex flex-col gap-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-72">
          <h2 id="exchange-heading" className="text-base font-semibold">
            Import and export
          </h2>
          <p className="mt-1 text-sm text-muted">
            Bring your tasks along from Todoist, TickTick, Microsoft To Do, Google Tasks, Apple Reminders and others. You see what would be
            made first, and one undo takes it back.
          </p>
        </div>
        <ExportMenu />
      </div>
      <FileDrop busy={busy} onFile={(file) => look({ file })} />
      <div role="alert">{failure && <p className="text-sm text-danger">{failureMessage(failure)}</p>}</div>
      {busy && (
        <p role="status" className="text-sm text-muted">
          {making.isPending ? "Importing…" : "Reading the file…"}
        </p>
      )}
      {shown && !busy && (
        <div className="rounded-2xl border bg-surface p-4 sm:p-5">
          {!shown.made && shown.report.columns.length > 0 && (
            <ColumnFields columns={shown.report.columns} onChange={(columns) => look({ file: shown.options.file, columns })} />
          )}
          <Report report={shown.report} name={shown.options.file.name} made={shown.made} />
          <Actions shown={shown} onImport={() => making.mutate(shown.options)} onClose={() => setShown(null)} />
        </div>
      )}
    </section>
  );
}

function Actions({ shown, onImport, onClose }: { shown: Shown; onImport: () => void; onClose: () => void }) {
  const client = useQueryClient();
  const { report, made } = shown;
  const token = report.undo_token;
  const undo = async () => {
    if (token && (await undoTurn(client, token))) onClose();
  };
  return (
    <div className="mt-4 flex flex-wrap justify-end gap-2">
      <Button onClick={onClose}>{made ? "Close" : "Cancel"}</Button>
      {made && token && <Button onClick={() => void undo()}>Undo the import</Button>}
      {!made && (
        <Button variant="primary" disabled={report.new === 0} onClick={onImport}>
          {report.new === 1 ? "Import 1 task" : `Import ${report.new.toLocaleString("en")} tasks`}
        </Button>
      )}
    </div>
  );
}

function ExportMenu() {
  const trigger = (
    <Button>
      <Download aria-hidden />
      Export
    </Button>
  );
  return (
    <Menu label="Export the whole list" trigger={trigger}>
      {EXPORTS.map(({ format, label }) => (
        <MenuItem key={format} onSelect={() => window.location.assign(exportAddress(format))}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
