"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Dialog } from "@/components/ui/dialog";
import { FieldError, Label } from "@/components/ui/field";
import { listGroups } from "@/lib/api/groups";
import { failureMessage } from "@/lib/api/http";
import { count } from "@/lib/tasks/bulk";
import { GROUPS, rename, type GroupName } from "@/lib/tasks/groups";
import { isSameName } from "@/lib/tasks/names";

const LENGTHS = { project: 100, tag: 50 };

/** Another name for a project or tag. One that others have merges the two, which is told with the counts first. */
export function RenameDialog({ group, onClose }: { group: GroupName; onClose: () => void }) {
  const client = useQueryClient();
  const id = useId();
  const [text, setText] = useState(group.name);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const { kind, name } = group;
  const known = useQuery({ queryKey: GROUPS(kind), staleTime: 0, queryFn: ({ signal }) => listGroups(kind, signal) }).data ?? [];
  const to = text.trim().replace(kind === "tag" ? /^#+\s*/ : "", "");
  const own = known.find((one) => isSameName(one.name, name));
  const other = isSameName(to, name) ? undefined : known.find((one) => isSameName(one.name, to));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!to || to === name || busy) return;
    setBusy(true);
    try {
      await rename(client, group, to, other !== undefined);
      onClose();
    } catch (error) {
      setProblem(failureMessage(error));
      await client.invalidateQueries({ queryKey: GROUPS(kind) });
    }
    setBusy(false);
  };
  const tasks = own ? own.open + own.done : 0;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Rename the ${kind} “${name}”`}
      description="All its tasks get the new name, done ones too. You can undo it.">
      <form onSubmit={(event) => void submit(event)} className="flex min-h-80 flex-col gap-4 p-5">
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={id}>New name</Label>
          <Combobox id={id} autoFocus value={text} onValueChange={(value) => { setText(value); setProblem(""); }} maxLength={LENGTHS[kind]} required
            onFocus={(event) => event.target.select()}
            suggestions={text === name ? [] : known.filter((one) => one.name !== name).map((one) => one.name)} aria-describedby={`${id}-told`} />
          <FieldError id={`${id}-problem`}>{problem}</FieldError>
        </div>
        <p id={`${id}-told`} role="status" className="rounded-lg bg-warning-soft px-3.5 py-2.5 text-sm text-warning-ink empty:hidden">
          {other && `You have “${other.name}” already, with ${count(other.open + other.done)}. Your ${count(tasks)} of “${name}” would be merged into it.`}
        </p>
        <div className="mt-auto flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={busy || !to || to === name}>{other ? "Merge" : "Rename"}</Button>
        </div>
      </form>
    </Dialog>
  );
}
