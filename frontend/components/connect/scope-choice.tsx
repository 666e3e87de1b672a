import type { AppRequest } from "@/lib/api/apps";

type Scope = AppRequest["scope"];

const SCOPES: { scope: Scope; name: string; detail: string }[] = [
  { scope: "write", name: "Read and change", detail: "It sees your tasks, and can add, change, complete and delete them." },
  { scope: "read", name: "Only read", detail: "It sees your tasks and projects, and can change nothing." },
];

interface ScopeChoiceProps {
  /** The most that is given. */
  asked: Scope;
  scope: Scope;
  onScope: (scope: Scope) => void;
}

/** What the app may do: all that it asked for, or less. */
export function ScopeChoice({ asked, scope, onScope }: ScopeChoiceProps) {
  const offered = SCOPES.filter((choice) => asked === "write" || choice.scope === "read");
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 text-sm font-semibold">It may</legend>
      {offered.map((choice) => (
        <label key={choice.scope} className="flex cursor-pointer gap-3 rounded-2xl border bg-surface px-4 py-3 has-checked:border-accent">
          <input
            type="radio"
            name="scope"
            value={choice.scope}
            checked={scope === choice.scope}
            onChange={() => onScope(choice.scope)}
            className="mt-1 size-4 shrink-0 accent-accent"
          />
          <span className="text-sm">
            <span className="block font-medium">{choice.name}</span>
            <span className="text-muted">{choice.detail}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
