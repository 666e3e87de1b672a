import createClient from "openapi-fetch";
import { errorFrom, tracedFetch } from "@/lib/api/http";
import type { components, paths } from "./schema";

/** The backend's interface, typed by its OpenAPI document: `npm run client` writes `schema.ts` anew. */
export const client = createClient<paths>({ fetch: tracedFetch, cache: "no-store" });

/** The same, without a word to the rest of the page about what came back. */
export const plainClient = createClient<paths>({ cache: "no-store" });

export type Schemas = components["schemas"];

/** The data of a successful answer, with its response. Raises ApiError for any other. */
export async function answerOf<Data>(
  request: Promise<{ data?: Data; response: Response; error?: unknown }>,
): Promise<{ data: Data; response: Response }> {
  const { data, error, response } = await request;
  if (!response.ok) throw errorFrom(response.status, error);
  return { data: data as Data, response };
}
