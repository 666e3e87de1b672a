import { useId, type ReactNode } from "react";

/** One part of the account's card: what it is, how it stands, and what can be done. */
export function Part({ title, detail, children }: { title: string; detail?: ReactNode; children?: ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-3 p-4 sm:px-5">
      <div>
        <h3 id={id} className="font-medium">
          {title}
        </h3>
        {detail && <div className="text-[0.8125rem] text-muted">{detail}</div>}
      </div>
      {children}
    </div>
  );
}
