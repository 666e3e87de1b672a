"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/lib/shell/toasts";

const SHOWN_MILLISECONDS = 2_000;

export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const timer = copied ? setTimeout(() => setCopied(false), SHOWN_MILLISECONDS) : undefined;
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      // Browsers have no clipboard for pages that are neither https nor local.
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      toast("This browser does not let the page copy. Select the text and copy it yourself.", { tone: "error" });
    }
  };
  return (
    <Button size="small" aria-label={label} onClick={() => void copy()}>
      {copied ? <Check /> : <Copy />}
      <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
    </Button>
  );
}
