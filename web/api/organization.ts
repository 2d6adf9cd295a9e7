/** An organization: its members, invites and roles. */

import { api, body } from "./client";
import type { Invite, Level, Member, Organization, Project, Role } from "./types";

const ORGANIZATION = "/api/organizations/{organization_id}";
const MEMBER = `${ORGANIZATION}/members/{user_id}` as const;
const ROLE = `${ORGANIZATION}/roles/{role_id}` as const;

const of = (id: string) => ({ params: { path: { organization_id: id } } });
const member = (id: string, user: number) => ({ params: { path: { organization_id: id, user_id: user } } });
const inRole = (id: string, role: string) => ({ params: { path: { organization_id: id, role_id: role } } });

export const retrieve = (id: string): Promise<Organization> => body(api.GET(ORGANIZATION, of(id)));

export const rename = (id: string, name: string): Promise<Organization> =>
  body(api.PATCH(ORGANIZATION, { ...of(id), body: { name } }));

export const createProject = (id: string, name: string): Promise<Project> =>
  body(api.POST(`${ORGANIZATION}/projects`, { ...of(id), body: { name } }));

export const members = async (id: string): Promise<Member[]> =>
  (await body(api.GET(`${ORGANIZATION}/members`, of(id)))).results;

export const changeLevel = (id: string, user: number, level: Level): Promise<Member> =>
  body(api.PATCH(MEMBER, { ...member(id, user), body: { level } }));

export const removeMember = (id: string, user: number) => api.DELETE(MEMBER, member(id, user));

/** Closes the account of somebody who belongs to no other organization. */
export const deactivate = (id: string, user: number) => api.POST(`${MEMBER}/deactivate`, member(id, user));

export const invites = async (id: string): Promise<Invite[]> =>
  (await body(api.GET(`${ORGANIZATION}/invites`, of(id)))).results;

/** The link is told this once. */
export const invite = (id: string, email: string, level: Level): Promise<Invite & { link: string }> =>
  body(api.POST(`${ORGANIZATION}/invites`, { ...of(id), body: { email, level } }));

export const withdrawInvite = (id: string, invite_id: string) =>
  api.DELETE(`${ORGANIZATION}/invites/{invite_id}`, { params: { path: { organization_id: id, invite_id } } });

export const roles = async (id: string): Promise<Role[]> =>
  (await body(api.GET(`${ORGANIZATION}/roles`, of(id)))).results;

export const createRole = (id: string, name: string): Promise<Role> =>
  body(api.POST(`${ORGANIZATION}/roles`, { ...of(id), body: { name } }));

export const renameRole = (id: string, role: string, name: string): Promise<Role> =>
  body(api.PATCH(ROLE, { ...inRole(id, role), body: { name } }));

/** Refused (`in_use`) while it has tickets, unless another role, or `none`, gets them. */
export const removeRole = (id: string, role: string, heir?: string) =>
  api.DELETE(ROLE, {
    params: {
      path: { organization_id: id, role_id: role },
      query: heir ? { reassign_to: heir } : {},
    },
  });

export const joinRole = (id: string, role: string, user_id: number): Promise<Role> =>
  body(api.POST(`${ROLE}/role_memberships`, { ...inRole(id, role), body: { user_id } }));

export const leaveRole = (id: string, role: string, user_id: number) =>
  api.DELETE(`${ROLE}/role_memberships/{user_id}`, {
    params: { path: { organization_id: id, role_id: role, user_id } },
  });
