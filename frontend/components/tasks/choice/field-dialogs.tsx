"use client";

import { useId, useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Dialog } from "@/components/ui/dialog";
import { Input, Label } from "@/components/ui/field";
import type { GroupKind } from "@/lib/api/groups";
import type { Task } from "@/lib/api/types";
import { useOpenTasks } from "@/lib/tasks/queries";
import { countsBy } from "@/lib/tasks/views";

const NAME_LENGTHS = { project: 100, tag: 50 };

export function DateDialog({ onClose, onDay }: { onClose: () => void; onDay: (day: string) => void }) {
  const id = useId();
  const [day, setDay] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!day) return;
    onClose();
    onDay(day);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Move to a day" description="Tasks that have a time keep it.">
      <form onSubmit={submit} className="flex flex-col gap-4 p-5">
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={id}>Day</Label>
          <Input id={id} autoFocus type="date" required value={day} min="1970-01-01" max="2999-12-31" onChange={(event) => setDay(event.target.value)} />
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">Move</Button>
        </div>
      </form>
    </Dialog>
  );
}

interface NameDialogProps {
  kind: GroupKind;
  tasks: Task[];
  onClose: () => void;
  onChange: (fields: { project: string } | { add_tags: string[] } | { remove_tags: string[] }) => void;
}

/** A project that the tasks go to, or a tag that they get or lose. */
export function NameDialog({ kind, tasks, onClose, onChange }: NameDialogProps) {
  const id = useId();
  const [name, setName] = useState("");
  const open = useOpenTasks().data ?? [];
  const known = countsBy(open, (task) => (kind === "tag" ? task.tags : task.project ? [task.project] : []));
  const held = kind === "tag" ? countsBy(tasks, (task) => task.tags) : [];
  const finish = (fields: Parameters<typeof onChange>[0]) => {
    onClose();
    onChange(fields);
  };
  const submit = () => {
    const text = name.trim().replace(kind === "tag" ? /^#+/ : "", "");
    if (text) finish(kind === "tag" ? { add_tags: [text] } : { project: text });
  };
  return (
    <Dialog open onOpenChange={(shown) => !shown && onClose()} title={kind === "tag" ? "Tags" : "Move to a project"}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        className="flex min-h-72 flex-col gap-4 p-5"
      >
        {held.length > 0 && (
          <div role="group" aria-label="Take a tag off" className="flex flex-wrap gap-1.5">
            {held.map((tag) => (
              <Button key={tag.name} size="small" aria-label={`Take off the tag ${tag.name}`} onClick={() => finish({ remove_tags: [tag.name] })}>
                <span className="line-through decoration-control">#{tag.name}</span>
              </Button>
            ))}
          </div>
        )}
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={id}>{kind === "tag" ? "Add a tag" : "Project"}</Label>
          <Combobox id={id} autoFocus value={name} onValueChange={setName} suggestions={known.map((one) => one.name)} maxLength={NAME_LENGTHS[kind]} />
        </div>
        <div className="mt-auto flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={!name.trim()}>{kind === "tag" ? "Add" : "Move"}</Button>
        </div>
      </form>
    </Dialog>
  );
}
