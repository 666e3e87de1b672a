"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { deviceName } from "@/lib/account/device";
import { asksForSignIn, endOtherSessions, endSession, listSessions, SESSIONS, type Session } from "@/lib/api/account";
import { failureMessage } from "@/lib/api/http";
import { toast } from "@/lib/shell/toasts";
import { ConfirmAgain } from "./confirm-again";
import { Part } from "./part";

const day = (instant: string) => new Date(instant).toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric" });

/** The devices that are signed in, each with a way to sign it out. */
export function Sessions({ email, token }: { email: string; token: string }) {
  const sessions = useQuery({ queryKey: SESSIONS, queryFn: ({ signal }) => listSessions(signal), retry: false, staleTime: 0 });
  return (
    <Part title="Signed in" detail="Where your account is open.">
      {sessions.isPending && <Skeleton className="h-12" />}
      {sessions.isError && asksForSignIn(sessions.error) && (
        <ConfirmAgain email={email} token={token} why="To see where your account is open, type your password." />
      )}
      {sessions.isError && !asksForSignIn(sessions.error) && (
        <p role="alert" className="text-sm text-danger">
          {failureMessage(sessions.error)}
        </p>
      )}
      {sessions.data && <SessionList sessions={sessions.data} token={token} />}
    </Part>
  );
}

function SessionList({ sessions, token }: { sessions: Session[]; token: string }) {
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: (one: string | null) => (one ? endSession(one) : endOtherSessions()),
    onSuccess: () => toast("Signed out there."),
    onError: (error) => toast(failureMessage(error), { tone: "error" }),
    onSettled: () => client.invalidateQueries({ queryKey: SESSIONS }),
  });
  const others = sessions.filter((session) => session.token !== token);
  const shown = [...sessions.filter((session) => session.token === token), ...others.reverse()];
  return (
    <>
      <ul aria-label="Sessions" className="divide-y">
        {shown.map((session) => {
          const name = deviceName(session.userAgent);
          const here = session.token === token;
          return (
            <li key={session.id} className="flex items-center gap-3 py-2">
              <div className="min-w-0 flex-1 text-sm">
                <p className="break-words">{name}</p>
                <p className="text-[0.8125rem] text-muted">
                  {[here ? "this browser" : session.ipAddress, `since ${day(session.createdAt)}`, `seen ${day(session.updatedAt)}`].filter(Boolean).join(" · ")}
                </p>
              </div>
              {!here && (
                <Button variant="danger" size="small" aria-label={`Sign out ${name}`} disabled={ending.isPending} onClick={() => ending.mutate(session.token)}>
                  Sign out
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {others.length > 1 && (
        <Button className="self-start" disabled={ending.isPending} onClick={() => ending.mutate(null)}>
          Sign out everywhere else
        </Button>
      )}
    </>
  );
}
