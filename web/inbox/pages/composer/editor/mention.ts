/** @ and a name, in notes: whoever is named hears of it. */

import { Mention } from "@tiptap/extension-mention";
import { me, nameOf } from "../../../store/session";
import { loadTeam, team } from "../../../store/team";
import { inCaretMenu, matching, type Offer } from "./caret-menu";

const offers = (): Offer[] =>
  team.value.users
    .filter(({ id }) => id !== me.peek()?.id)
    .map((user) => ({ id: String(user.id), label: nameOf(user), hint: user.email }));

export const TeamMention = Mention.extend({
  // The server knows these two, and refuses others.
  addAttributes: () => ({ id: { default: null }, label: { default: null } }),
}).configure({
  HTMLAttributes: { class: "mention" },
  renderHTML: ({ node }) => ["span", { class: "mention" }, `@${node.attrs.label ?? node.attrs.id}`],
  renderText: ({ node }) => `@${node.attrs.label ?? node.attrs.id}`,
  suggestion: {
    char: "@",
    items: async ({ query }: { query: string }) => {
      await loadTeam();
      return matching(offers(), query);
    },
    render: inCaretMenu as never,
  },
});
