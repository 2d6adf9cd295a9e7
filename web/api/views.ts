/** Saved views of the list. */

import { api, body, once } from "./client";
import type { components } from "./schema.generated";

type Schemas = components["schemas"];

export type View = Schemas["ViewOut"];
export type ViewIn = Schemas["ViewPatch"];
export type Count = Schemas["Count"];
export type Counts = Schemas["ViewCounts"];

const VIEWS = "/api/projects/{project_id}/conversations/views";
const VIEW = "/api/projects/{project_id}/conversations/views/{ref}";

const in_ = (project: number) => ({ path: { project_id: String(project) } });
const of = (project: number, view: string) => ({ path: { project_id: String(project), ref: view } });
const safely = () => ({ headers: once(crypto.randomUUID()) });

export const list = async (project: number): Promise<View[]> =>
  (await body(api.GET(VIEWS, { params: in_(project) }))).results;

export const counts = (project: number): Promise<Counts> =>
  body(api.GET(`${VIEWS}/counts`, { params: in_(project) }));

export const create = (project: number, view: Schemas["ViewBody"]): Promise<View> =>
  body(api.POST(VIEWS, { params: in_(project), body: view, ...safely() }));

export const change = (project: number, view: string, changes: ViewIn): Promise<View> =>
  body(api.PATCH(VIEW, { params: of(project, view), body: changes, ...safely() }));

export const remove = (project: number, view: string) =>
  api.DELETE(VIEW, { params: of(project, view), ...safely() });
