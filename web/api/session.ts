/** Signing in and out, and who one is. */

import { api, body } from "./client";
import type { Me } from "./types";

export const signIn = (email: string, password: string): Promise<Me> =>
  body(api.POST("/api/login", { body: { email, password } }));

export const signOut = () => api.POST("/api/logout");

export const me = (): Promise<Me> => body(api.GET("/api/users/@me"));
