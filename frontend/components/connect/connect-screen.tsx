"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useState, type ReactNode } from "react";
import { AuthFrame } from "@/components/auth/auth-frame";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { type AppRequest, decide, readAppRequest } from "@/lib/api/apps";
import { signOut } from "@/lib/api/auth";
import { failureMessage } from "@/lib/api/http";
import type { User } from "@/lib/api/types";
import { ScopeChoice } from "./scope-choice";

const NOTHING_ASKED = "An app opens this page when it asks to use your list. Start in the app.";

/** Whether an app may use the list of who is signed in. */
export function ConnectScreen({ user }: { user: User }) {
  const request = useSearchParams().get("request") ?? "";
  const asked = useQuery({
    // Who is signed in is part of the question: another tab may have changed it.
    queryKey: ["app-request", user.id, request],
    queryFn: ({ signal }) => readAppRequest(request, signal),
    enabled: request !== "",
    retry: false,
    staleTime: Infinity,
  });
  if (request === "") return <AuthFrame title="Nothing is asked" detail={NOTHING_ASKED} />;
  if (asked.isError) return <AuthFrame title="This app cannot be connected" detail={failureMessage(asked.error)} />;
  if (!asked.data)
    return (
      <AuthFrame title="Connect an app" detail="One moment…">
        <Skeleton className="h-72 rounded-2xl" />
      </AuthFrame>
    );
  return <Question request={request} asked={asked.data} onStale={() => void asked.refetch()} />;
}

function Question({ request, asked, onStale }: { request: string; asked: AppRequest; onStale: () => void }) {
  const [scope, setScope] = useState<AppRequest["scope"]>(asked.scope);
  const deciding = useMutation({
    mutationFn: (allow: boolean) => decide({ request, allow, scope, user_id: asked.user_id }),
    onSuccess: (address) => window.location.assign(address),
    onError: onStale,
  });
  if (deciding.isSuccess) return <AuthFrame title="Back to the app" detail="If nothing happens, go back to it yourself. You can close this page." />;
  return (
    <AuthFrame title={`Connect “${asked.app}”?`} detail="It asks to use your todo list. Allow it only if you started this yourself, in that app.">
      <dl className="mb-6 divide-y rounded-2xl border bg-surface text-sm">
        <Fact name="The app">
          <strong className="font-semibold break-words">{asked.app}</strong>
          <span className="block text-muted">{asked.host ? `described by ${asked.host}` : "It gave this name itself; nobody has checked it."}</span>
        </Fact>
        <Fact name="Goes back to">
          <span className="break-all">{asked.returns_to}</span>
          <span className="block text-muted">{asked.is_local ? "a program on this device" : "a site on the internet"}</span>
        </Fact>
        <Fact name="Your account">
          <span className="break-all">{asked.email}</span>
          <Button variant="link" size="none" className="block" onClick={() => void signOut().then(() => window.location.reload())}>
            Not you?
          </Button>
        </Fact>
      </dl>
      <ScopeChoice asked={asked.scope} scope={scope} onScope={setScope} />
      {deciding.isError && (
        <p role="alert" className="mt-4 text-sm text-danger">
          {failureMessage(deciding.error)}
        </p>
      )}
      <div className="mt-6 flex flex-col gap-2">
        <Button variant="primary" size="large" disabled={deciding.isPending} onClick={() => deciding.mutate(true)}>
          Allow
        </Button>
        <Button size="large" disabled={deciding.isPending} onClick={() => deciding.mutate(false)}>
          Don’t allow
        </Button>
      </div>
      <p className="mt-4 text-[0.8125rem] text-muted">What it changes shows up at once and can be undone. You can end its access in the settings.</p>
    </AuthFrame>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 px-4 py-3">
      <dt className="w-24 shrink-0 text-muted">{name}</dt>
      <dd className="min-w-0 flex-1">{children}</dd>
    </div>
  );
}
