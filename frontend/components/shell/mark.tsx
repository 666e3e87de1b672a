import { cn } from "@/lib/shell/cn";

/** The product's mark: a tick in a rounded square. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={cn("size-7 shrink-0", className)}>
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <path d="M9.5 16.6l4.6 4.6 8.6-9.6" fill="none" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" className="stroke-accent-ink" />
    </svg>
  );
}
