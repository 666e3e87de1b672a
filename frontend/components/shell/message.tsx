import type { ReactNode } from "react";
import { Mark } from "./mark";

/** A whole page that says one thing and offers one way on. */
export function Message({ title, detail, children }: { title: string; detail: string; children?: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <div className="flex max-w-sm flex-col items-center gap-2 text-center">
        <Mark className="mb-4 size-10" />
        <h1 className="text-lg font-semibold">{title}</h1>
        <p className="text-muted">{detail}</p>
        <div className="mt-4">{children}</div>
      </div>
    </main>
  );
}
