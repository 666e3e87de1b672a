"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Mark } from "@/components/shell/mark";
import { Button } from "@/components/ui/button";
import { canMail } from "@/lib/api/auth";
import type { User } from "@/lib/api/types";
import { useKnownHere } from "@/lib/shell/known";
import { AuthForm } from "./auth-form";
import { CodeForm } from "./code-form";
import { ForgottenForm } from "./forgotten-form";
import { Glimpse } from "./glimpse";
import { PasskeyButton } from "./passkey-button";

interface AuthScreenProps {
  /** The person was signed in until now: tell why they see this. */
  expired: boolean;
  onEntered: (user: User) => void;
}

type Mode = "sign-in" | "sign-up" | "forgotten" | "code";

/** What stands above the form: a first visitor is not welcomed back. */
function words(mode: Mode, known: boolean): [string, string] {
  if (mode === "sign-up") return ["Create your account", "Your list is a minute away."];
  if (mode === "code") return ["One more step", "Your account asks for a code besides the password."];
  if (mode === "forgotten") return ["Forgot your password?", "A link to a new one is mailed to you."];
  return known ? ["Welcome back", "Sign in to pick up where you left off."] : ["Sign in", "Your tasks, and an assistant that keeps them."];
}

export function AuthScreen({ expired, onEntered }: AuthScreenProps) {
  const known = useKnownHere();
  const [mode, setMode] = useState<Mode>("sign-in");
  const mail = useQuery({ queryKey: ["can-mail"], queryFn: canMail, retry: false, staleTime: Infinity });
  const [title, detail] = words(mode, known || expired);
  return (
    <main className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
      <div className="flex flex-col justify-center px-6 py-10 sm:px-12">
        <div className="mx-auto w-full max-w-sm">
          <div className="mb-10 flex items-center gap-3">
            <Mark className="size-9" />
            <h1 className="text-xl font-semibold tracking-tight">Todo Chatbot</h1>
          </div>
          {expired && (
            <p role="status" className="mb-6 rounded-xl bg-warning-soft px-4 py-3 text-sm text-warning-ink">
              Your session has ended. Sign in again; what you typed is kept.
            </p>
          )}
          <h2 className="text-2xl font-semibold tracking-tight">{title}</h2>
          <p className="mt-1.5 mb-7 text-muted">{detail}</p>
          {mode === "forgotten" && <ForgottenForm />}
          {mode === "code" && <CodeForm onEntered={onEntered} />}
          {(mode === "sign-in" || mode === "sign-up") && <AuthForm key={mode} mode={mode} onEntered={onEntered} onCode={() => setMode("code")} />}
          {mode === "sign-in" && <PasskeyButton onEntered={onEntered} />}
          {mode === "sign-in" && mail.data && (
            <p className="mt-4 text-sm">
              <Button variant="link" size="none" className="max-md:min-h-11" onClick={() => setMode("forgotten")}>
                Forgot your password?
              </Button>
            </p>
          )}
          <Other mode={mode} onMode={setMode} />
        </div>
      </div>
      <Glimpse />
    </main>
  );
}

function Other({ mode, onMode }: { mode: Mode; onMode: (mode: Mode) => void }) {
  const asks = { "sign-in": "New here?", "sign-up": "Already have an account?", forgotten: "Do you remember it?", code: "Is it another account?" }[mode];
  return (
    <p className="mt-6 text-sm text-muted">
      {asks}{" "}
      <Button variant="link" size="none" className="max-md:min-h-11" onClick={() => onMode(mode === "sign-in" ? "sign-up" : "sign-in")}>
        {{ "sign-in": "Create an account", "sign-up": "Sign in", forgotten: "Sign in", code: "Start over" }[mode]}
      </Button>
    </p>
  );
}
