"use client";

import { useId, useState, type ComponentProps, type KeyboardEvent } from "react";
import { cn } from "@/lib/shell/cn";
import { Input } from "./field";

interface ComboboxProps extends Omit<ComponentProps<typeof Input>, "onChange" | "value"> {
  value: string;
  onValueChange: (value: string) => void;
  /** Called with a suggestion that was picked, or with the typed text on Enter or comma. */
  onCommit?: (value: string) => void;
  suggestions: string[];
}

/** A text input with suggestions (the ARIA editable-combobox pattern); any text is allowed. */
export function Combobox({ value, onValueChange, onCommit, suggestions, className, onBlur, ...props }: ComboboxProps) {
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const shown = suggestions.filter((name) => name.toLowerCase().includes(value.toLowerCase()) && name !== value).slice(0, 8);
  const visible = open && shown.length > 0;

  const pick = (name: string) => {
    onValueChange(name);
    onCommit?.(name);
    setOpen(false);
    setActive(-1);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      setActive((index) => (index + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % Math.max(shown.length, 1));
    } else if (event.key === "Escape" && visible) {
      event.stopPropagation();
      setOpen(false);
    } else if (event.key === "Enter" && !event.metaKey && !event.ctrlKey) {
      const choice = visible && active >= 0 ? shown[active] : undefined;
      if (choice !== undefined || onCommit) event.preventDefault();
      if (choice !== undefined) pick(choice);
      else onCommit?.(value);
    } else if (event.key === "," && onCommit) {
      event.preventDefault();
      onCommit(value);
    }
  };
  return (
    <div className={cn("relative", className)}>
      <Input
        role="combobox"
        aria-expanded={visible}
        aria-controls={visible ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={visible && active >= 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        value={value}
        onChange={(event) => {
          onValueChange(event.target.value);
          setOpen(true);
          setActive(-1);
        }}
        onFocus={() => setOpen(true)}
        onBlur={(event) => {
          setOpen(false);
          onBlur?.(event);
        }}
        onKeyDown={onKeyDown}
        {...props}
      />
      {visible && (
        <ul
          id={listId}
          role="listbox"
          aria-label="Suggestions"
          className="absolute inset-x-0 top-full z-30 mt-1 max-h-56 overflow-y-auto rounded-xl border bg-raised p-1.5 shadow-raised"
        >
          {shown.map((name, index) => (
            <li
              key={name}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => {
                event.preventDefault();
                pick(name);
              }}
              className="flex min-h-8 items-center rounded-lg px-2.5 text-sm hover:bg-hover aria-selected:bg-hover max-md:min-h-11"
            >
              {name}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
