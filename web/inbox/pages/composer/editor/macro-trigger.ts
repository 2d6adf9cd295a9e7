/** A / at the start of a line offers the macros. */

import { Extension } from "@tiptap/core";
import { PluginKey } from "@tiptap/pm/state";
import { Suggestion } from "@tiptap/suggestion";
import { loadMacros, macros } from "../../../store/macros";
import { inCaretMenu, matching, type Offer } from "./caret-menu";

/** Told which macro was chosen, once what was typed for it is gone. */
export const MacroTrigger = Extension.create<object, { pick: (id: string) => void }>({
  name: "macroTrigger",
  addStorage: () => ({ pick: () => undefined }),
  addProseMirrorPlugins() {
    const { storage } = this;
    return [
      Suggestion<Offer, Offer>({
        editor: this.editor,
        pluginKey: new PluginKey("macroTrigger"),
        char: "/",
        startOfLine: true,
        items: async ({ query }) => {
          await loadMacros();
          const offers = macros.value.map(({ short_id: id, name, description, content }) => ({
            id,
            label: name,
            hint: description || content.slice(0, 80),
          }));
          return matching(offers, query);
        },
        command: ({ editor, range, props }) => {
          editor.chain().focus().deleteRange(range).run();
          storage.pick(props.id);
        },
        render: inCaretMenu,
      }),
    ];
  },
});
