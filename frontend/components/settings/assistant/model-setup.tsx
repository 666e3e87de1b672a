import { MODEL_SETUP } from "@/lib/settings/model-setup";
import { CodeBlock } from "../code-block";

/** There is no model on this server: what whoever runs it would set. */
export function ModelSetup() {
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted">
        <strong className="font-medium text-ink">No language model is set up on this server.</strong> Whoever runs it can add any that speaks
        OpenAI’s protocol, by <code className="font-mono text-[0.8125rem]">OPENAI_API_KEY</code> (the key),{" "}
        <code className="font-mono text-[0.8125rem]">OPENAI_BASE_URL</code> (the address, for any but OpenAI’s own) and{" "}
        <code className="font-mono text-[0.8125rem]">TODO_MODEL</code> (the model’s name).
      </p>
      <CodeBlock name="a model" place="In a shell, where the server is started" text={MODEL_SETUP} />
    </div>
  );
}
