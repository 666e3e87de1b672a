"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { listFeeds, revokeFeed, type Feed } from "@/lib/api/feeds";
import { failureMessage } from "@/lib/api/http";
import { toast } from "@/lib/shell/toasts";

export const FEEDS = ["feeds"];

const moment = (instant: string) =>
  new Date(instant).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

function facts(feed: Feed): string {
  const tasks = feed.view === "all" ? "All tasks" : `${feed.view === "project" ? "Project" : "Tag"} ${feed.value}`;
  const read = feed.last_read_at ? `last read ${moment(feed.last_read_at)}` : "never read";
  return [tasks, feed.component === "event" ? "as events" : "as tasks", read].join(" · ");
}

export function FeedList({ onRevoked }: { onRevoked: (id: string) => void }) {
  const [asked, setAsked] = useState<Feed | null>(null);
  const feeds = useQuery({ queryKey: FEEDS, queryFn: ({ signal }) => listFeeds(signal) });
  if (feeds.isPending) return <Skeleton className="h-14" />;
  if (feeds.isError)
    return (
      <p role="alert" className="text-sm text-danger">
        {failureMessage(feeds.error)}
      </p>
    );
  if (feeds.data.length === 0) return <p className="px-1 text-sm text-muted">You have made no calendar addresses yet.</p>;
  return (
    <>
      <ul aria-label="Your calendar addresses" className="divide-y rounded-2xl border bg-surface">
        {feeds.data.map((feed) => (
          <li key={feed.id} className="flex items-center gap-3 py-3 pr-2 pl-4 sm:pl-5">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2 font-medium">
                <span className="min-w-0 break-words">{feed.name}</span>
                <code className="font-mono text-xs font-normal text-muted">feed_…{feed.ending}</code>
              </p>
              <p className="text-[0.8125rem] break-words text-muted">{facts(feed)}</p>
            </div>
            <Button variant="danger" size="small" aria-label={`Revoke ${feed.name}`} onClick={() => setAsked(feed)}>
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      <RevokeDialog feed={asked} onClose={() => setAsked(null)} onRevoked={onRevoked} />
    </>
  );
}

interface RevokeDialogProps {
  feed: Feed | null;
  onClose: () => void;
  onRevoked: (id: string) => void;
}

function RevokeDialog({ feed, onClose, onRevoked }: RevokeDialogProps) {
  const client = useQueryClient();
  const revoking = useMutation({
    mutationFn: revokeFeed,
    onSuccess: (_, id) => onRevoked(id),
    onError: (error) => toast(failureMessage(error), { tone: "error" }),
    onSettled: () => {
      onClose();
      void client.invalidateQueries({ queryKey: FEEDS });
    },
  });
  return (
    <Dialog
      open={feed !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke “${feed?.name ?? ""}”?`}
      description="Calendars that read this address get nothing more. This can’t be undone, but you can make another."
    >
      <div className="flex justify-end gap-2 p-5">
        <Button onClick={onClose}>Keep it</Button>
        <Button variant="danger" disabled={revoking.isPending} onClick={() => feed && revoking.mutate(feed.id)}>
          Revoke
        </Button>
      </div>
    </Dialog>
  );
}
