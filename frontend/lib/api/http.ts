import { reachable, sessionEnded } from "@/lib/shell/connection";

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

const UNREACHABLE = "The todo service can't be reached right now.";

/** This browser's IANA time zone. */
export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

interface Problem {
  title?: string;
  detail?: unknown;
  /** Better Auth's own form of an error. */
  message?: string;
}

/** The error that an unsuccessful answer with this body stands for; what is no problem document is told by its status. */
export function errorFrom(status: number, body: unknown): ApiError {
  const problem = (typeof body === "object" && body !== null ? body : {}) as Problem;
  const detail = typeof problem.detail === "string" ? problem.detail : (problem.message ?? problem.title);
  return new ApiError(detail || `The server answered ${status}.`, status);
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
