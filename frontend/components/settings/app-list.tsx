"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { type ConnectedApp, endApp, listApps } from "@/lib/api/apps";
import { failureMessage } from "@/lib/api/http";
import { shortDay, shortMoment } from "@/lib/settings/moments";
import { toast } from "@/lib/shell/toasts";

const APPS = ["connected-apps"];

function facts(app: ConnectedApp): string {
  const used = app.last_used_at ? `last used ${shortMoment(app.last_used_at)}` : "never used";
  return [app.scope === "write" ? "Reads and changes" : "Only reads", used, `connected ${shortDay(app.created_at)}`].join(" · ");
}

/** The apps that were let in by OAuth; ending one is final. */
export function AppList() {
  const [asked, setAsked] = useState<ConnectedApp | null>(null);
  const apps = useQuery({ queryKey: APPS, queryFn: ({ signal }) => listApps(signal), staleTime: 0 });
  if (apps.isPending) return <Skeleton className="h-14" />;
  if (apps.isError)
    return (
      <p role="alert" className="text-sm text-danger">
        {failureMessage(apps.error)}
      </p>
    );
  if (apps.data.length === 0) return <p className="px-1 text-sm text-muted">No apps are connected.</p>;
  return (
    <>
      <ul aria-label="Connected apps" className="divide-y rounded-2xl border bg-surface">
        {apps.data.map((app) => (
          <li key={app.id} className="flex items-center gap-3 py-3 pr-2 pl-4 sm:pl-5">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2 font-medium">
                <span className="min-w-0 break-words">{app.name}</span>
                {app.host && <span className="text-xs font-normal break-all text-muted">{app.host}</span>}
              </p>
              <p className="text-[0.8125rem] text-muted">{facts(app)}</p>
            </div>
            <Button variant="danger" size="small" aria-label={`End the access of ${app.name}`} onClick={() => setAsked(app)}>
              End
            </Button>
          </li>
        ))}
      </ul>
      <EndDialog app={asked} onClose={() => setAsked(null)} />
    </>
  );
}

function EndDialog({ app, onClose }: { app: ConnectedApp | null; onClose: () => void }) {
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: endApp,
    onError: (error) => toast(failureMessage(error), { tone: "error" }),
    onSettled: () => {
      onClose();
      void client.invalidateQueries({ queryKey: APPS });
    },
  });
  return (
    <Dialog
      open={app !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`End the access of “${app?.name ?? ""}”?`}
      description="It is refused from now on. What it changed stays, and you can connect it again."
    >
      <div className="flex justify-end gap-2 p-5">
        <Button onClick={onClose}>Keep it</Button>
        <Button variant="danger" disabled={ending.isPending} onClick={() => app && ending.mutate(app.id)}>
          End access
        </Button>
      </div>
    </Dialog>
  );
}
