/** The editor itself: which nodes and marks there are, and what keys do in it. */

import { Editor, Extension, getSchema } from "@tiptap/core";
import { Placeholder } from "@tiptap/extensions";
import { StarterKit } from "@tiptap/starter-kit";
import type { RichNode } from "../../../../api/messages";
import { fitting } from "../document";
import { caretMenu } from "./caret-menu";
import { MacroTrigger } from "./macro-trigger";
import { TeamMention } from "./mention";
import { Picture } from "./picture";

export interface Wishes {
  element: HTMLElement;
  document: RichNode;
  label: string;
  isNote: boolean;
  onChange: (document: RichNode) => void;
  /** Mod+Enter, and with Shift. */
  onSubmit: (resolves: boolean) => void;
  onEscape: () => void;
  onFiles: (files: File[], at: number | null) => void;
}

const filesOf = (data: DataTransfer | null): File[] => [...(data?.files ?? [])];

function keys({ onSubmit, onEscape }: Wishes) {
  const done = (act: () => void) => () => {
    act();
    return true;
  };
  return Extension.create({
    name: "composerKeys",
    // Before the lists and code blocks, which want Enter and Escape, too.
    priority: 1_000,
    addKeyboardShortcuts: () => ({
      "Mod-Enter": done(() => onSubmit(false)),
      "Mod-Shift-Enter": done(() => onSubmit(true)),
      // An open menu is closed first.
      Escape: () => caretMenu.peek() === null && done(onEscape)(),
    }),
  });
}

const KIT = StarterKit.configure({
  heading: false,
  horizontalRule: false,
  trailingNode: false,
  link: {
    openOnClick: false,
    defaultProtocol: "https",
    HTMLAttributes: { target: null, rel: null, class: null },
  },
});

export function makeEditor(wishes: Wishes): Editor {
  const { element, document, label, isNote, onChange, onFiles } = wishes;
  const extensions = [
    KIT,
    Picture,
    Placeholder.configure({ placeholder: label }),
    keys(wishes),
    MacroTrigger,
    ...(isNote ? [TeamMention] : []),
  ];
  const [content = null] = fitting(document, getSchema(extensions));
  return new Editor({
    element,
    // The content policy lets no style element in: its rules are in editor.css.
    injectCSS: false,
    content,
    extensions,
    editorProps: {
      attributes: ({ doc }) => ({
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label,
        // Without a letter the text would begin at the left in every language.
        ...(doc.textContent && { dir: "auto" }),
      }),
      handlePaste: (_, event) => {
        const files = filesOf(event.clipboardData);
        // What is copied out of an office program comes as a text and as its picture: the text is meant.
        if (!files.length || event.clipboardData?.getData("text/plain")) return false;
        onFiles(files, null);
        return true;
      },
      handleDrop: (view, event) => {
        const files = filesOf(event.dataTransfer);
        if (!files.length) return false;
        event.preventDefault();
        onFiles(files, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? null);
        return true;
      },
    },
    onUpdate: ({ editor }) => onChange(editor.getJSON() as RichNode),
  });
}
