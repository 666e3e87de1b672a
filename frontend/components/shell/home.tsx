"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { AuthScreen } from "@/components/auth/auth-screen";
import { Button } from "@/components/ui/button";
import { getSession } from "@/lib/api/auth";
import type { User } from "@/lib/api/types";
import { sessionEnded } from "@/lib/shell/connection";
import { clearDrafts, readDraft, saveDraft } from "@/lib/shell/drafts";
import { rememberHere } from "@/lib/shell/known";
import { useStore } from "@/lib/shell/store";
import { Message } from "./message";
import { loadPlace, type PlaceName } from "./places";
import { WorkspaceSkeleton } from "./workspace-skeleton";

// What is behind the door is no part of the sign-in page's script.
const Place = dynamic(() => loadPlace().then((place) => place.Place), { loading: WorkspaceSkeleton });
const SESSION = ["session"];
const OWNER = "owner";

/** The login page, or the list, its history, reminders or settings of who is signed in. */
export function Home({ hasCookie, place = "list" }: { hasCookie: boolean; place?: PlaceName }) {
  const client = useQueryClient();
  const ended = useStore(sessionEnded);
  const session = useQuery({
    queryKey: SESSION,
    queryFn: getSession,
    staleTime: Infinity,
    // At a reload it is told at once that the service is gone, and the page asks again by itself.
    retry: false,
    initialData: hasCookie ? undefined : null,
    refetchInterval: (query) => (query.state.status === "error" ? 3_000 : false),
  });

  // Asked for beside the session, not after it.
  useEffect(() => {
    if (hasCookie) void loadPlace().then(({ preload }) => preload(place));
  }, [hasCookie, place]);

  const enter = (user: User) => {
    // Drafts and lists outlive a session that ended, but only for the same person.
    if (readDraft(OWNER) !== user.id) clearDrafts();
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION[0] });
    saveDraft(OWNER, user.id);
    sessionEnded.set(false);
    client.setQueryData(SESSION, user);
  };
  useEffect(() => {
    if (!session.data) return;
    saveDraft(OWNER, session.data.id);
    rememberHere();
  }, [session.data]);

  if (session.isError && !session.data) {
    return (
      <Message title="Your list can’t be reached" detail="The todo service does not answer. This page keeps trying.">
        <Button onClick={() => void session.refetch()}>Try now</Button>
      </Message>
    );
  }
  if (session.data === undefined) return <WorkspaceSkeleton />;
  if (session.data === null || ended) return <AuthScreen expired={ended && Boolean(session.data ?? hasCookie)} onEntered={enter} />;
  return <Place place={place} user={session.data} />;
}
