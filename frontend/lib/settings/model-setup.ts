/** How a server gets a language model: of docs/models.md. */
export const MODEL_SETUP = `# OpenAI
OPENAI_API_KEY=sk-… ./todo up
# Ollama, on the same machine
OPENAI_BASE_URL=http://127.0.0.1:11434/v1 TODO_MODEL=qwen3:8b ./todo up`;
