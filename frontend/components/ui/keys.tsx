/** A keyboard key's cap. */
export function Keys({ children }: { children: string }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-md border border-line-strong bg-background px-1.5 font-sans text-[0.6875rem] font-medium text-muted">
      {children}
    </kbd>
  );
}
