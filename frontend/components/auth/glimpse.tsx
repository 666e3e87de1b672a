import { Check, Undo2 } from "lucide-react";

function Said({ children }: { children: string }) {
  return <p className="ml-auto w-fit max-w-[85%] rounded-2xl rounded-br-md bg-accent px-4 py-2.5 text-accent-ink dark:bg-accent-soft dark:text-ink">{children}</p>;
}

function Receipt({ title, detail }: { title: string; detail: string }) {
  return (
    <div className="flex w-full items-center gap-3 rounded-xl border bg-surface px-3.5 py-3">
      <Check className="size-4 shrink-0 text-accent-text" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{title}</p>
        <p className="text-[0.8125rem] text-muted">{detail}</p>
      </div>
      <span className="flex items-center gap-1.5 text-[0.8125rem] text-muted">
        <Undo2 className="size-3.5" /> Undo
      </span>
    </div>
  );
}

/** What the product does, beside the login form; a picture in HTML, so hidden from screen readers. */
export function Glimpse() {
  return (
    <aside className="relative hidden items-center justify-center overflow-hidden border-l bg-surface p-12 lg:flex">
      <div className="w-full max-w-md">
        <p className="text-3xl leading-tight font-semibold tracking-tight text-balance">Say it, and it is on your list.</p>
        <p className="mt-3 mb-10 text-muted">Plain English in, a receipt out, and one undo for everything.</p>
        <div aria-hidden className="flex flex-col gap-3 rounded-2xl border bg-background p-5 select-none">
          <Said>call mom tomorrow at 5 and move the dentist to friday</Said>
          <Receipt title="Call mom" detail="Added · Tomorrow, 17:00" />
          <Receipt title="Dentist" detail="Moved · Thu → Fri" />
          <Said>pay rent on the 1st of every month</Said>
          <Receipt title="Pay rent" detail="Added · 1 Dec · Every month" />
        </div>
      </div>
    </aside>
  );
}
