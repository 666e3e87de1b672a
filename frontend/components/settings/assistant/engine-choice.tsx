"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ASSISTANT, chooseEngine, type Assistant, type Engine } from "@/lib/api/assistant";
import { failureMessage } from "@/lib/api/http";
import { toast } from "@/lib/shell/toasts";

interface Option {
  value: Engine;
  name: string;
  detail: string;
}

const optionsWith = (model: string): Option[] => [
  { value: "builtin", name: "Built-in", detail: "At once, for nothing, and nothing leaves this server. Understands English." },
  { value: "auto", name: "Built-in first", detail: `What it reads for sure is done at once; the rest goes to ${model}.` },
  { value: "model", name: "Language model", detail: `Everything you type goes to ${model}.` },
];

/** One of three; the choice is kept as soon as it is made. */
export function EngineChoice({ assistant }: { assistant: Assistant }) {
  const client = useQueryClient();
  const choosing = useMutation({
    mutationFn: chooseEngine,
    onMutate: (setting) => client.setQueryData<Assistant>(ASSISTANT, (known) => known && { ...known, setting }),
    onSuccess: () => toast("Saved."),
    onError: (error) => toast(`Not saved. ${failureMessage(error)}`, { tone: "error" }),
    onSettled: () => client.invalidateQueries({ queryKey: ASSISTANT }),
  });
  return (
    <fieldset className="divide-y overflow-hidden rounded-2xl border bg-surface">
      <legend className="sr-only">Who answers</legend>
      {optionsWith(assistant.model ?? "a language model").map((option) => (
        <EngineOption
          key={option.value}
          option={option}
          checked={assistant.setting === option.value}
          missing={option.value !== "builtin" && assistant.model === null}
          onChoose={() => choosing.mutate(option.value)}
        />
      ))}
    </fieldset>
  );
}

interface EngineOptionProps {
  option: Option;
  checked: boolean;
  /** It needs a model, and there is none. */
  missing: boolean;
  onChoose: () => void;
}

function EngineOption({ option, checked, missing, onChoose }: EngineOptionProps) {
  return (
    <label
      className={`flex min-h-11 items-start gap-3 px-4 py-3 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-[-2px] has-focus-visible:outline-accent sm:px-5 ${
        missing ? "" : "cursor-pointer hover:bg-hover"
      } ${checked ? "bg-selected" : ""}`}
    >
      <input
        type="radio"
        name="engine"
        value={option.value}
        checked={checked}
        disabled={missing}
        aria-labelledby={`engine-${option.value}-name`}
        aria-describedby={`engine-${option.value}`}
        onChange={onChoose}
        className="mt-1 size-4 shrink-0 accent-(--accent) outline-none"
      />
      <span className="min-w-0">
        <span id={`engine-${option.value}-name`} className={`block text-sm font-medium ${missing ? "text-muted" : ""}`}>{option.name}</span>
        <span id={`engine-${option.value}`} className="block text-[0.8125rem] text-muted">
          {option.detail}
          {missing && checked && " There is none here, so the built-in engine answers."}
        </span>
      </span>
    </label>
  );
}
