import { answerOf, client, type Schemas } from "@/lib/client";
import { written, type Written } from "./tasks";

export type GroupKind = "project" | "tag";
export type GroupCount = Schemas["GroupOut"];
export type Renamed = Schemas["RenamedOut"];
export type BulkIn = Schemas["CompleteMany"] | Schemas["ReopenMany"] | Schemas["DeleteMany"] | Schemas["UpdateMany"];

/** The user's projects or tags, done tasks counted too. */
export async function listGroups(kind: GroupKind, signal?: AbortSignal): Promise<GroupCount[]> {
  const request = kind === "project" ? client.GET("/api/projects", { signal }) : client.GET("/api/tags", { signal });
  return (await answerOf(request)).data;
}

/** Give all tasks of a project or tag another name; an ApiError 409 where others have it and `merge` is not said. */
export function renameGroup(kind: GroupKind, name: string, to: string, merge: boolean): Promise<Written<Renamed>> {
  const body = { name, to, merge };
  return written(kind === "project" ? client.POST("/api/projects/rename", { body }) : client.POST("/api/tags/rename", { body }));
}

/** Do one thing to many tasks: to all or, with an ApiError, to none. */
export function changeMany(body: BulkIn): Promise<Written<Schemas["BulkOut"]>> {
  return written(client.POST("/api/tasks/bulk", { body }));
}

export type Label = Schemas["LabelOut"];
export type Colour = NonNullable<Label["colour"]>;

/** What was chosen for projects and tags beyond their names. */
export async function listLabels(signal?: AbortSignal): Promise<Label[]> {
  return (await answerOf(client.GET("/api/labels", { signal }))).data;
}

/** Colour a project or tag, or archive a project; the answer is all labels. */
export function setLook(kind: GroupKind, name: string, look: { colour?: Colour | null; archived?: boolean }): Promise<Written<Label[]>> {
  const body = { name, ...look } as Schemas["ProjectLook"];
  return written(kind === "project" ? client.PATCH("/api/projects", { body }) : client.PATCH("/api/tags", { body: body as Schemas["TagLook"] }));
}

/** Put the projects or tags in this order; the answer is all labels. */
export function setOrder(kind: GroupKind, names: string[]): Promise<Written<Label[]>> {
  const body = { names };
  return written(kind === "project" ? client.POST("/api/projects/order", { body }) : client.POST("/api/tags/order", { body }));
}
