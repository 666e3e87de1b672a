"use client";

import { useId, type ReactNode } from "react";

/** One matter of the settings: its name, what it means, and its fields. */
export function Row({ title, detail, children }: { title: string; detail: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={title} className="flex flex-col gap-2.5 px-4 py-3.5 sm:px-5">
      <div>
        <h3 className="text-sm font-medium">{title}</h3>
        <p className="text-[0.8125rem] text-muted">{detail}</p>
      </div>
      {children}
    </div>
  );
}

interface CheckProps {
  label: string;
  /** What the label says where it stands alone; it begins with the label's words or holds them. */
  name?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function Check({ label, name, checked, onChange }: CheckProps) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-8 items-center gap-2.5 text-sm max-md:min-h-11">
      <input id={id} type="checkbox" aria-label={name} checked={checked} onChange={(event) => onChange(event.target.checked)} className="size-4 accent-(--accent)" />
      {label}
    </label>
  );
}
