import { reachable, sessionEnded } from "@/lib/shell/connection";
import { typeset } from "@/lib/shell/typeset";

/** An answer that is not a success; `message` is a sentence to show as it stands. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }

  /** True if nobody can say whether the backend is there: retrying later may help. */
  get unreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

const UNREACHABLE = "The todo service can’t be reached right now.";
const BROKEN_OFF = "The connection to the todo service broke off.";

/** This browser's IANA time zone. */
export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

interface Problem {
  title?: string;
  detail?: unknown;
  errors?: { message: string }[];
  /** Better Auth's own form of an error. */
  message?: string;
}

/** The problem document in a body that was read as an object or as text; an empty one for anything else, as a proxy's HTML. */
function problemIn(body: unknown): Problem {
  if (typeof body === "object" && body !== null) return body as Problem;
  try {
    const parsed: unknown = JSON.parse(String(body));
    return typeof parsed === "object" && parsed !== null ? (parsed as Problem) : {};
  } catch {
    return {};
  }
}

/** What is wrong with the fields, where that is said in whole sentences: the detail puts the field's name in the API before each. */
function sentencesOf({ errors }: Problem): string {
  const messages = Array.isArray(errors) ? errors.map(({ message }) => message) : [];
  return messages.every((message) => /^\p{Lu}.*[.!?]$/su.test(message)) ? messages.join(" ") : "";
}

/** The error that an unsuccessful answer with this body stands for; what is no problem document is told by its status. */
export function errorFrom(status: number, body: unknown): ApiError {
  const problem = problemIn(body);
  const { detail, message, title } = problem;
  const sentence = sentencesOf(problem) || (typeof detail === "string" ? detail : (message ?? title));
  const error = new ApiError(sentence ? typeset(sentence) : `The server answered ${status}.`, status);
  return error.unreachable && !sentence ? new ApiError(UNREACHABLE, status) : error;
}

/** The sentence to show for anything that failed. */
export function failureMessage(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  // The browser's own words for a connection that was lost ("Failed to fetch", "network error") tell nobody anything.
  if (error instanceof TypeError) return BROKEN_OFF;
  const said = error instanceof Error ? (problemIn(error.message).detail ?? error.message) : "";
  return typeof said === "string" && said ? typeset(said) : "Something went wrong.";
}

function noteAnswer(response: Response): void {
  reachable.set(response.status !== 502 && response.status !== 503 && response.status !== 504);
  if (response.status === 401) sessionEnded.set(true);
}

/** `fetch` with the browser's zone, that keeps `reachable` and `sessionEnded` true to what it saw. */
export async function tracedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  request.headers.set("X-Timezone", browserZone());
  try {
    const response = await fetch(request);
    noteAnswer(response);
    return response;
  } catch (error) {
    if (request.signal.aborted) throw error;
    reachable.set(false);
    throw new ApiError(UNREACHABLE, 0);
  }
}

/** The same for a caller that takes any answer for a success: raises ApiError for one that is not. */
export async function checkedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await tracedFetch(input, init);
  if (!response.ok) throw errorFrom(response.status, await response.text());
  return response;
}
