import { answerOf, client, type Schemas } from "@/lib/client";

export type SavedFilter = Schemas["FilterOut"];
export type FilterQuery = Schemas["QueryOut"];
export type FilterReading = Schemas["ReadOut"];

const filterOf = (id: string) => ({ path: { filter_id: id } });

/** The user's saved filters in their order, with what their words mean today. */
export async function listFilters(signal?: AbortSignal): Promise<SavedFilter[]> {
  return (await answerOf(client.GET("/api/filters", { signal }))).data;
}

/** What the words would show today; an ApiError 422 says what of them cannot be read. */
export async function readFilter(words: string, signal?: AbortSignal): Promise<FilterReading> {
  return (await answerOf(client.POST("/api/filters/read", { body: { words }, signal }))).data;
}

export async function saveFilter(name: string, words: string): Promise<SavedFilter> {
  return (await answerOf(client.POST("/api/filters", { body: { name, words } }))).data;
}

export async function changeFilter(id: string, name: string, words: string): Promise<SavedFilter> {
  return (await answerOf(client.PATCH("/api/filters/{filter_id}", { params: filterOf(id), body: { name, words } }))).data;
}

export async function deleteFilter(id: string): Promise<void> {
  await answerOf(client.DELETE("/api/filters/{filter_id}", { params: filterOf(id) }));
}

export async function orderFilters(ids: string[]): Promise<void> {
  await answerOf(client.POST("/api/filters/order", { body: { ids } }));
}
