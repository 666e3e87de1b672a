"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeLine } from "@/components/chat/cards/change-line";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { previewRestore, restoreList, type Preview } from "@/lib/api/history";
import { failureMessage } from "@/lib/api/http";
import { toast } from "@/lib/shell/toasts";
import { HISTORY, type TurnGroup } from "@/lib/tasks/history";
import { undoTurn } from "@/lib/tasks/undo";

function sayCounts({ brought_back, removed, changed }: Preview): string {
  const parts = [
    [brought_back, "brought back"],
    [removed, "removed"],
    [changed, "changed back"],
  ] as const;
  return parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`).join(", ");
}

/** What putting the list back would change, before it is done. */
export function RestoreDialog({ group, onClose }: { group: TurnGroup; onClose: () => void }) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const revision = group.newest.revision;
  const preview = useQuery({
    queryKey: [...HISTORY, "preview", revision],
    queryFn: ({ signal }) => previewRestore(revision, signal),
  });
  const restore = async (shown: Preview) => {
    setBusy(true);
    try {
      const done = await restoreList(shown);
      await Promise.all(["tasks", "undone", "history"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      toast(`The list is put back: ${sayCounts(shown)}.`, { action: { label: "Undo", run: () => void undoTurn(client, done.undo_token) } });
      onClose();
    } catch (error) {
      toast(failureMessage(error), { tone: "error" });
      await preview.refetch();
    }
    setBusy(false);
  };
  const { data } = preview;
  const at = new Date(group.newest.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Put the list back?" description={`To how it was after the change of ${at}.`}>
      <div className="flex flex-col gap-3 px-5 py-4">
        {data === undefined && <p role="status" className="text-sm text-muted">{preview.isError ? failureMessage(preview.error) : "Looking…"}</p>}
        {data && (
          <>
            <p role="status" className="text-sm">{data.total === 0 ? "Nothing would change: the list is like that now." : `${sayCounts(data)}.`}</p>
            <ul className="rounded-xl border">
              {data.changes.map((change) => (
                <ChangeLine key={change.task_id} change={{ ...change, undoes: "then" }} />
              ))}
            </ul>
            {data.total > data.changes.length && <p className="text-sm text-muted">and {data.total - data.changes.length} more</p>}
          </>
        )}
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={busy || !data || data.total === 0} onClick={() => data && void restore(data)}>
            Put it back
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
