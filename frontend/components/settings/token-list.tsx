"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { failureMessage } from "@/lib/api/http";
import { listTokens, revokeToken, type Token } from "@/lib/api/tokens";
import { shortDay, shortMoment } from "@/lib/settings/moments";
import { toast } from "@/lib/shell/toasts";

export const TOKENS = ["tokens"];

function facts(token: Token): string[] {
  const ended = token.expires_at !== null && new Date(token.expires_at) <= new Date();
  return [
    token.scope === "write" ? "Reads and changes" : "Only reads",
    token.last_used_at ? `last used ${shortMoment(token.last_used_at)}` : "never used",
    token.expires_at ? `${ended ? "expired" : "expires"} ${shortDay(token.expires_at)}` : "does not expire",
  ];
}

export function TokenList({ onRevoked }: { onRevoked: (id: string) => void }) {
  const [asked, setAsked] = useState<Token | null>(null);
  const tokens = useQuery({ queryKey: TOKENS, queryFn: ({ signal }) => listTokens(signal) });
  if (tokens.isPending) return <Skeleton className="h-14" />;
  if (tokens.isError)
    return (
      <p role="alert" className="text-sm text-danger">
        {failureMessage(tokens.error)}
      </p>
    );
  if (tokens.data.length === 0) return <p className="px-1 text-sm text-muted">You have made no tokens yet.</p>;
  return (
    <>
      <ul aria-label="Your tokens" className="divide-y rounded-2xl border bg-surface">
        {tokens.data.map((token) => (
          <li key={token.id} className="flex items-center gap-3 py-3 pr-2 pl-4 sm:pl-5">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2 font-medium">
                <span className="min-w-0 break-words">{token.name}</span>
                <code className="font-mono text-xs font-normal text-muted">todo_…{token.ending}</code>
              </p>
              <p className="text-[0.8125rem] text-muted">{facts(token).join(" · ")}</p>
            </div>
            <Button variant="danger" size="small" aria-label={`Revoke ${token.name}`} onClick={() => setAsked(token)}>
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      <RevokeDialog token={asked} onClose={() => setAsked(null)} onRevoked={onRevoked} />
    </>
  );
}

interface RevokeDialogProps {
  token: Token | null;
  onClose: () => void;
  onRevoked: (id: string) => void;
}

function RevokeDialog({ token, onClose, onRevoked }: RevokeDialogProps) {
  const client = useQueryClient();
  const revoking = useMutation({
    mutationFn: revokeToken,
    onSuccess: (_, id) => onRevoked(id),
    onError: (error) => toast(failureMessage(error), { tone: "error" }),
    onSettled: () => {
      onClose();
      void client.invalidateQueries({ queryKey: TOKENS });
    },
  });
  return (
    <Dialog
      open={token !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke “${token?.name ?? ""}”?`}
      description="Whatever uses this token is refused from now on. This can’t be undone, but you can make another."
    >
      <div className="flex justify-end gap-2 p-5">
        <Button onClick={onClose}>Keep it</Button>
        <Button variant="danger" disabled={revoking.isPending} onClick={() => token && revoking.mutate(token.id)}>
          Revoke
        </Button>
      </div>
    </Dialog>
  );
}
