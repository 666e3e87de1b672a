"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { failureMessage } from "@/lib/api/http";
import { deliveriesOf, listDeliveries, type Delivery, type Webhook } from "@/lib/api/webhooks";
import { momentLabel } from "@/lib/tasks/dates";
import { useHere } from "@/lib/tasks/here";
import { useWebhookWrites } from "./webhook-writes";

const STATES: Record<Delivery["state"], string> = {
  waiting: "Waiting",
  claimed: "Being sent",
  sent: "Taken",
  failed: "Failed",
  ended: "Not sent",
};

/** "in 4 min"; of an instant that has come, "now". */
function untilLabel(at: string, now: Date): string {
  const minutes = Math.ceil((new Date(at).getTime() - now.getTime()) / 60_000);
  if (minutes <= 0) return "now";
  return minutes < 90 ? `in ${minutes} min` : `in ${Math.round(minutes / 60)} h`;
}

/** What was sent to a webhook in the last week, the newest first; while it is open it is read again every few seconds. */
export function WebhookLog({ webhook }: { webhook: Webhook }) {
  const log = useInfiniteQuery({
    queryKey: deliveriesOf(webhook.id),
    queryFn: ({ pageParam, signal }) => listDeliveries(webhook.id, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: 3000,
  });
  if (log.isPending) return <Skeleton className="h-14" />;
  if (log.isError && !log.data)
    return (
      <p role="alert" className="text-sm text-danger">
        {failureMessage(log.error)}
      </p>
    );
  const rows = log.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <p className="text-[0.8125rem] text-muted">Nothing was sent in the last week. “Send a test” sends something now.</p>;
  return (
    <div className="flex flex-col gap-2">
      <ul aria-label={`What was sent to ${webhook.label}`} className="divide-y rounded-xl border">
        {rows.map((row) => (
          <LogRow key={row.id} row={row} webhook={webhook} />
        ))}
      </ul>
      {log.hasNextPage && (
        <Button size="small" className="self-start" disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  );
}

function LogRow({ row, webhook }: { row: Delivery; webhook: Webhook }) {
  const { now } = useHere();
  const { again } = useWebhookWrites();
  const bad = row.state === "failed" || (row.state === "waiting" && row.attempts > 0);
  const facts = [
    momentLabel(row.queued_at, now),
    row.status ? `answered ${row.status}${row.took === null ? "" : ` in ${row.took} ms`}` : "",
    row.attempts > 1 ? `${row.attempts} attempts` : "",
    row.state === "waiting" && row.attempts > 0 && row.next_at ? `next ${untilLabel(row.next_at, now)}` : "",
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
      <div className="min-w-40 flex-1">
        <p className="text-[0.8125rem]">
          <span className={bad ? "font-medium text-danger" : "font-medium"}>{STATES[row.state]}</span>{" "}
          <code className="font-mono text-xs">{row.event}</code>
        </p>
        <p className="text-xs break-words text-muted">{facts.filter(Boolean).join(" · ")}</p>
        {row.reason && <p className="text-xs break-words text-muted">{row.reason}</p>}
      </div>
      <Button
        size="small"
        variant="ghost"
        aria-label={`Send again: ${row.event}`}
        disabled={row.state === "claimed" || again.isPending}
        onClick={() => again.mutate({ id: webhook.id, delivery: row.id })}
      >
        <RotateCw />
        Send again
      </Button>
    </li>
  );
}
