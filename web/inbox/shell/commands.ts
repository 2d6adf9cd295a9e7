/** What one can do from anywhere. */

import { type Command, useCommands } from "../keyboard/commands";
import { go } from "../router";
import { type Overlay, overlay } from "../store/overlay";
import { inProject, mayWrite, project } from "../store/session";
import { leave } from "./leave";
import { choose, type Theme } from "./theme";

const goes = (to: string, rest: Omit<Command, "group" | "run">): Command => ({
  group: "go",
  ...rest,
  run: () => go(to.startsWith("/") ? to : inProject(to)),
});

const calls = (name: Overlay, rest: Omit<Command, "id" | "group" | "run">): Command => ({
  id: `app.${name}`,
  group: "app",
  ...rest,
  run: () => {
    overlay.value = name;
  },
});

const looks = (theme: Theme, rest: Pick<Command, "title">): Command => ({
  id: `app.theme_${theme}`,
  group: "app",
  ...rest,
  run: () => choose(theme),
});

const COMMANDS: Command[] = [
  goes("tickets", { id: "go.inbox", title: "inbox", keys: ["g i"] }),
  goes("persons", { id: "go.people", title: "people", keys: ["g p"] }),
  goes("settings", {
    id: "go.settings",
    title: "settings",
    keys: ["g s"],
    when: () => mayWrite.peek(),
  }),
  goes("/account", { id: "go.account", title: "account", keys: ["g a"] }),
  calls("palette", { title: "command_palette", keys: ["Mod+k"], whileTyping: true }),
  calls("compose", {
    title: "compose",
    keys: ["c"],
    when: () => mayWrite.peek() && project.peek() !== null,
  }),
  calls("help", { title: "shortcuts", keys: ["?"] }),
  looks("light", { title: "look_light" }),
  looks("dark", { title: "look_dark" }),
  looks("system", { title: "look_system" }),
  {
    id: "app.sign_out",
    title: "sign_out",
    group: "app",
    run: leave,
  },
];

export function useAppCommands(): void {
  useCommands(COMMANDS);
}
