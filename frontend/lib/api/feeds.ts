import { answerOf, client, type Schemas } from "@/lib/client";

export type Feed = Schemas["FeedOut"];
export type MadeFeed = Schemas["MadeFeedOut"];
export type NewFeed = Schemas["FeedCreate"];

export async function listFeeds(signal?: AbortSignal): Promise<Feed[]> {
  return (await answerOf(client.GET("/api/calendars/feeds", { signal }))).data;
}

/** The answer is the only one that holds the feed's address. */
export async function makeFeed(body: NewFeed): Promise<MadeFeed> {
  return (await answerOf(client.POST("/api/calendars/feeds", { body }))).data;
}

export async function revokeFeed(id: string): Promise<void> {
  await answerOf(client.DELETE("/api/calendars/feeds/{feed_id}", { params: { path: { feed_id: id } } }));
}
