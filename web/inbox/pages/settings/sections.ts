/** The sections of a project's settings. Each is loaded when it is opened. */

import type { LucideIcon } from "lucide-preact";
import {
  BadgeCheck,
  Code,
  MessagesSquare,
  Palette,
  Settings,
  TriangleAlert,
  UserRoundCog,
  Users,
  Webhook,
  Zap,
} from "lucide-preact";
import type { FunctionComponent } from "preact";
import type { Project } from "../../../api/types";
import type { Key } from "../../../i18n";
import { lazily } from "../../shell/lazily";

export interface SectionProps {
  project: Project;
  /** Takes what the server answered to a change. */
  take: (project: Project) => void;
  readOnly: boolean;
  /** What of the section the address names. */
  item: string;
}

export interface ProjectSection {
  id: string;
  title: Key;
  icon: LucideIcon;
  group: Key;
  page: FunctionComponent<SectionProps>;
  /** For owners and admins alone, also to read. */
  closed?: boolean;
}

export const SECTIONS: ProjectSection[] = [
  {
    id: "general",
    title: "general",
    icon: Settings,
    group: "group_project",
    page: lazily(() => import("./general/section")),
  },
  {
    id: "widget",
    title: "widget",
    icon: Palette,
    group: "group_project",
    page: lazily(() => import("./widget/section")),
  },
  {
    id: "install",
    title: "install",
    icon: Code,
    group: "group_project",
    page: lazily(() => import("./install/section")),
  },
  {
    id: "identity",
    title: "identity",
    icon: BadgeCheck,
    group: "group_project",
    page: lazily(() => import("./identity/section")),
    closed: true,
  },
  {
    id: "conversations",
    title: "conversations",
    icon: MessagesSquare,
    group: "group_project",
    page: lazily(() => import("./conversations/section")),
  },
  {
    id: "macros",
    title: "macros",
    icon: Zap,
    group: "group_team",
    page: lazily(() => import("./macros/section")),
  },
  {
    id: "team",
    title: "team",
    icon: Users,
    group: "group_team",
    page: lazily(() => import("./team/section")),
  },
  {
    id: "roles",
    title: "roles",
    icon: UserRoundCog,
    group: "group_team",
    page: lazily(() => import("./roles/section")),
  },
  {
    id: "webhooks",
    title: "webhooks",
    icon: Webhook,
    group: "group_developers",
    page: lazily(() => import("./webhooks/section")),
    closed: true,
  },
  {
    id: "danger",
    title: "danger",
    icon: TriangleAlert,
    group: "group_developers",
    page: lazily(() => import("./danger/section")),
    closed: true,
  },
];
