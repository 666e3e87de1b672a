"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { FieldError, Input, Label } from "@/components/ui/field";
import { signIn, signUp } from "@/lib/api/auth";
import { failureMessage } from "@/lib/api/http";
import type { User } from "@/lib/api/types";
import { emailProblem, passwordProblem } from "./rules";

interface AuthFormProps {
  mode: "sign-in" | "sign-up";
  onEntered: (user: User) => void;
  /** The password was right, and a code is asked besides. */
  onCode: () => void;
}

type Values = { name: string; email: string; password: string };

function problemsIn({ name, email, password }: Values, joining: boolean): Partial<Values> {
  const problems: Partial<Values> = {};
  if (joining && !name.trim()) problems.name = "Enter your name.";
  const wrong = { email: emailProblem(email), password: password && !joining ? "" : passwordProblem(password) };
  if (wrong.email) problems.email = wrong.email;
  if (wrong.password) problems.password = wrong.password;
  return problems;
}

const FIELDS = [
  { name: "name", label: "Name", type: "text", complete: "name" },
  { name: "email", label: "Email", type: "email", complete: "email" },
  { name: "password", label: "Password", type: "password", complete: "current-password" },
] as const;

export function AuthForm({ mode, onEntered, onCode }: AuthFormProps) {
  const joining = mode === "sign-up";
  const [values, setValues] = useState<Values>({ name: "", email: "", password: "" });
  const [problems, setProblems] = useState<Partial<Values>>({});
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = problemsIn(values, joining);
    setProblems(found);
    setFailure("");
    const first = FIELDS.find((field) => found[field.name]);
    if (first) return event.currentTarget.querySelector<HTMLInputElement>(`[name=${first.name}]`)?.focus();
    setBusy(true);
    try {
      const { name, email, password } = { ...values, name: values.name.trim(), email: values.email.trim() };
      const user = joining ? await signUp({ name, email, password }) : await signIn({ email, password });
      if (user) onEntered(user);
      else onCode();
    } catch (error) {
      setFailure(failureMessage(error));
      setBusy(false);
    }
  };

  return (
    <form onSubmit={submit} noValidate method="post" className="flex flex-col gap-4">
      {FIELDS.filter((field) => joining || field.name !== "name").map((field) => (
        <div key={field.name} className="flex flex-col gap-1.5">
          <Label htmlFor={field.name} className="text-ink">
            {field.label}
          </Label>
          <Input
            id={field.name}
            name={field.name}
            type={field.type}
            autoComplete={joining && field.name === "password" ? "new-password" : field.complete}
            autoFocus={field.name === (joining ? "name" : "email")}
            value={values[field.name]}
            onChange={(event) => setValues({ ...values, [field.name]: event.target.value })}
            aria-invalid={problems[field.name] ? true : undefined}
            aria-describedby={problems[field.name] ? `${field.name}-problem` : undefined}
            className="h-11"
          />
          <FieldError id={`${field.name}-problem`}>{problems[field.name]}</FieldError>
        </div>
      ))}
      {failure && (
        <p role="alert" className="rounded-lg bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
          {failure}
        </p>
      )}
      <Button type="submit" variant="primary" size="large" disabled={busy} className="mt-2">
        {busy ? "One moment…" : joining ? "Create account" : "Sign in"}
      </Button>
    </form>
  );
}
