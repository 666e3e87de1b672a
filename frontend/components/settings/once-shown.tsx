"use client";

import { X } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "./copy-button";

interface OnceShownProps {
  /** What it is, for screen readers: "Your new token". */
  label: string;
  /** A word for it on the buttons: "token". */
  noun: string;
  text: string;
  onClose: () => void;
  children: ReactNode;
}

/** The one time that a secret is shown; it takes the focus, so that it is heard. */
export function OnceShown({ label, noun, text, onClose, children }: OnceShownProps) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), [text]);
  return (
    <div ref={panel} tabIndex={-1} role="group" aria-label={label} className="animate-rise rounded-2xl bg-accent-soft p-4 outline-none sm:p-5">
      <div className="flex items-start justify-between gap-3">
        <p className="text-sm">{children}</p>
        <Button variant="ghost" size="icon" aria-label={`Hide the ${noun}`} onClick={onClose} className="-mt-1 -mr-1">
          <X />
        </Button>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 rounded-lg bg-surface px-3 py-2 font-mono text-[0.8125rem] break-all">{text}</code>
        <CopyButton text={text} label={`Copy the ${noun}`} />
      </div>
    </div>
  );
}
