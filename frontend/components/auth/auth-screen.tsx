"use client";

import { useState } from "react";
import { Mark } from "@/components/shell/mark";
import { Button } from "@/components/ui/button";
import type { User } from "@/lib/api/types";
import { useKnownHere } from "@/lib/shell/known";
import { AuthForm } from "./auth-form";
import { Glimpse } from "./glimpse";

interface AuthScreenProps {
  /** The person was signed in until now: tell why they see this. */
  expired: boolean;
  onEntered: (user: User) => void;
}

export function AuthScreen({ expired, onEntered }: AuthScreenProps) {
  const known = useKnownHere();
  const [mode, setMode] = useState<"sign-in" | "sign-up">("sign-in");
  const joining = mode === "sign-up";
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
          <h2 className="text-2xl font-semibold tracking-tight">{joining ? "Create your account" : known || expired ? "Welcome back" : "Sign in"}</h2>
          <p className="mt-1.5 mb-7 text-muted">
            {joining
              ? "Your list is a minute away."
              : known || expired
                ? "Sign in to pick up where you left off."
                : "Your tasks, and an assistant that keeps them."}
          </p>
          <AuthForm key={mode} mode={mode} onEntered={onEntered} />
          <p className="mt-6 text-sm text-muted">
            {joining ? "Already have an account?" : "New here?"}{" "}
            <Button variant="link" size="none" className="max-md:min-h-11" onClick={() => setMode(joining ? "sign-in" : "sign-up")}>
              {joining ? "Sign in" : "Create an account"}
            </Button>
          </p>
        </div>
      </div>
      <Glimpse />
    </main>
  );
}
