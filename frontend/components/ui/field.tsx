import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/lib/shell/cn";

const box =
  "w-full rounded-lg border border-control bg-surface px-3 text-ink transition-colors hover:border-control focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent/35 disabled:opacity-60 aria-invalid:border-danger";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(box, "h-9 max-md:h-11 max-md:text-base", className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea className={cn(box, "resize-none py-2 max-md:text-base", className)} {...props} />;
}

/** The platform's own select: quick, reachable by keyboard and by thumb. */
export function Select({ className, ...props }: ComponentProps<"select">) {
  return (
    <div className={cn("relative", className)}>
      <select className={cn(box, "h-9 appearance-none pr-8 text-ellipsis max-md:h-11 max-md:text-base")} {...props} />
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted" />
    </div>
  );
}

export function Label({ className, ...props }: ComponentProps<"label">) {
  return <label className={cn("text-[0.8125rem] font-medium text-muted", className)} {...props} />;
}

export function FieldError({ id, children }: { id: string; children?: string }) {
  if (!children) return null;
  return (
    <p id={id} className="text-[0.8125rem] text-danger">
      {children}
    </p>
  );
}
