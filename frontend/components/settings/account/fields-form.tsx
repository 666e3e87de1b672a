"use client";

import { useId, useState, type FormEvent, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { FieldError, Input, Label } from "@/components/ui/field";
import { failureMessage } from "@/lib/api/http";

export interface FormField {
  name: string;
  label: string;
  type?: "password" | "text";
  complete?: string;
  initial?: string;
  /** What is wrong with what was typed; empty for nothing. */
  check?: (value: string) => string;
}

interface FieldsFormProps {
  fields: FormField[];
  button: string;
  danger?: boolean;
  onSend: (values: Record<string, string>) => Promise<void>;
  onCancel?: () => void;
  children?: ReactNode;
}

/** A few fields and a button; what is wrong stands beside the field, what failed beneath. */
export function FieldsForm({ fields, button, danger, onSend, onCancel, children }: FieldsFormProps) {
  const id = useId();
  const [values, setValues] = useState(() => Object.fromEntries(fields.map((field) => [field.name, field.initial ?? ""])));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const found = Object.fromEntries(fields.map((field) => [field.name, field.check?.(values[field.name] ?? "") ?? ""]));
    setProblems(found);
    setFailure("");
    const first = fields.find((field) => found[field.name]);
    if (first) return form.querySelector<HTMLInputElement>(`[name=${first.name}]`)?.focus();
    setBusy(true);
    try {
      await onSend(values);
    } catch (error) {
      setFailure(failureMessage(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} noValidate method="post" className="flex max-w-sm flex-col gap-3">
      {fields.map((field, index) => (
        <div key={field.name} className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}${field.name}`}>{field.label}</Label>
          <Input
            id={`${id}${field.name}`}
            name={field.name}
            type={field.type ?? "text"}
            autoComplete={field.complete ?? "off"}
            autoFocus={index === 0 && Boolean(onCancel)}
            value={values[field.name]}
            onChange={(event) => setValues({ ...values, [field.name]: event.target.value })}
            aria-invalid={problems[field.name] ? true : undefined}
            aria-describedby={problems[field.name] ? `${id}${field.name}-problem` : undefined}
          />
          <FieldError id={`${id}${field.name}-problem`}>{problems[field.name]}</FieldError>
        </div>
      ))}
      {children}
      {failure && (
        <p role="alert" className="text-[0.8125rem] text-danger">
          {failure}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant={danger ? "danger" : "primary"} disabled={busy}>
          {busy ? "One moment…" : button}
        </Button>
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
      </div>
    </form>
  );
}

export const PASSWORD: FormField = {
  name: "password",
  label: "Your password",
  type: "password",
  complete: "current-password",
  check: (password) => (password ? "" : "Enter your password."),
};
