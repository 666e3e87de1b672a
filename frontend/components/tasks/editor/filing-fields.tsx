"use client";

import { X } from "lucide-react";
import { useId, useState } from "react";
import { Combobox } from "@/components/ui/combobox";
import { Label } from "@/components/ui/field";
import type { EditValues } from "@/lib/tasks/edit";
import { useOpenTasks } from "@/lib/tasks/queries";
import { countsBy } from "@/lib/tasks/views";

interface FilingFieldsProps {
  values: EditValues;
  set: (changed: Partial<EditValues>) => void;
}

/** Where a task belongs: one project, any number of tags; both offer the names already in use. */
export function FilingFields({ values, set }: FilingFieldsProps) {
  const id = useId();
  const open = useOpenTasks().data ?? [];
  const projects = countsBy(open, (task) => (task.project ? [task.project] : [])).map(({ name }) => name);
  const tags = countsBy(open, (task) => task.tags).map(({ name }) => name);
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <Label htmlFor={`${id}-project`}>Project</Label>
        <Combobox
          id={`${id}-project`}
          placeholder="None"
          value={values.project}
          onValueChange={(project) => set({ project })}
          suggestions={projects}
        />
      </div>
      <TagField id={`${id}-tags`} tags={values.tags} known={tags} onChange={(next) => set({ tags: next })} />
    </>
  );
}

interface TagFieldProps {
  id: string;
  tags: string[];
  known: string[];
  onChange: (tags: string[]) => void;
}

function TagField({ id, tags, known, onChange }: TagFieldProps) {
  const [text, setText] = useState("");
  const add = (name: string) => {
    const tag = name.trim().replace(/^#/, "").replace(/\s+/g, "-");
    setText("");
    if (tag && !tags.includes(tag)) onChange([...tags, tag]);
  };
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={id}>Tags</Label>
      <Combobox
        id={id}
        placeholder="Add a tag"
        value={text}
        onValueChange={setText}
        onCommit={add}
        onBlur={() => add(text)}
        suggestions={known.filter((name) => !tags.includes(name))}
      />
      {tags.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <li key={tag} className="flex h-7 items-center gap-0.5 rounded-full bg-accent-soft pl-2.5 text-[0.8125rem] text-accent-text max-md:h-11 max-md:pl-4">
              #{tag}
              <button
                type="button"
                aria-label={`Remove the tag ${tag}`}
                onClick={() => onChange(tags.filter((known) => known !== tag))}
                className="grid size-7 place-items-center rounded-full hover:bg-hover max-md:size-11"
              >
                <X className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
