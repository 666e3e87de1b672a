import type { ReactNode } from "react";
import { Mark } from "@/components/shell/mark";

/** The page around what is asked of somebody who is not signed in. */
export function AuthFrame({ title, detail, children }: { title: string; detail: string; children?: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-6 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-10 flex items-center gap-3">
          <Mark className="size-9" />
          <h1 className="text-xl font-semibold tracking-tight">Todo Chatbot</h1>
        </div>
        <h2 className="text-2xl font-semibold tracking-tight">{title}</h2>
        <p className="mt-1.5 mb-7 text-muted">{detail}</p>
        {children}
      </div>
    </main>
  );
}
