import { Label, Select } from "@/components/ui/field";
import type { ImportReport } from "@/lib/api/exchange";

const FIELDS = [
  { field: "title", label: "Title" },
  { field: "notes", label: "Notes" },
  { field: "due", label: "Due date" },
  { field: "time", label: "Time of day" },
  { field: "priority", label: "Priority" },
  { field: "tags", label: "Tags" },
  { field: "project", label: "Project" },
  { field: "done", label: "Done or not" },
  { field: "completed", label: "Completed at" },
  { field: "created", label: "Created at" },
  { field: "recurrence", label: "Repetition" },
  { field: "keep", label: "Keep in the notes" },
  { field: "ignore", label: "Leave out" },
];

interface ColumnFieldsProps {
  columns: ImportReport["columns"];
  onChange: (fields: string[]) => void;
}

/** Which field each column of a table is. */
export function ColumnFields({ columns, onChange }: ColumnFieldsProps) {
  const change = (place: number, field: string) => onChange(columns.map((column, at) => (at === place ? field : column.field)));
  return (
    <fieldset className="mb-5">
      <legend className="mb-3 text-sm font-medium">What is in each column?</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {columns.map((column, place) => (
          // Headers may be alike; their places are not.
          <div key={place} className="flex min-w-0 flex-col gap-1.5">
            <Label htmlFor={`column-${place}`} className="truncate">
              {column.header || `Column ${place + 1}`}
              {column.sample && <span className="font-normal"> · {column.sample}</span>}
            </Label>
            <Select id={`column-${place}`} value={column.field} onChange={(event) => change(place, event.target.value)}>
              {FIELDS.map(({ field, label }) => (
                <option key={field} value={field}>
                  {label}
                </option>
              ))}
            </Select>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
