import type { Editor } from "@tiptap/core";
import type { LucideIcon } from "lucide-preact";
import {
  Bold,
  Code,
  Italic,
  List,
  ListOrdered,
  SquareCode,
  Strikethrough,
  TextQuote,
  Underline,
} from "lucide-preact";
import type { Key } from "../../../i18n";
import { t } from "../../../i18n";
import { IconButton } from "../../../kit/button";
import { LinkButton } from "./link-button";

interface Tool {
  name: string;
  title: Key;
  icon: LucideIcon;
  keys?: string;
  run: (editor: Editor) => void;
}

const TEXT: Tool[] = [
  {
    name: "bold",
    title: "bold",
    icon: Bold,
    keys: "Mod+b",
    run: (e) => e.chain().focus().toggleBold().run(),
  },
  {
    name: "italic",
    title: "italic",
    icon: Italic,
    keys: "Mod+i",
    run: (e) => e.chain().focus().toggleItalic().run(),
  },
  {
    name: "underline",
    title: "underline",
    icon: Underline,
    keys: "Mod+u",
    run: (e) => e.chain().focus().toggleUnderline().run(),
  },
  {
    name: "strike",
    title: "strike",
    icon: Strikethrough,
    keys: "Mod+Shift+s",
    run: (e) => e.chain().focus().toggleStrike().run(),
  },
  {
    name: "code",
    title: "code",
    icon: Code,
    keys: "Mod+e",
    run: (e) => e.chain().focus().toggleCode().run(),
  },
];

const BLOCKS: Tool[] = [
  {
    name: "bulletList",
    title: "bullet_list",
    icon: List,
    keys: "Mod+Shift+8",
    run: (e) => e.chain().focus().toggleBulletList().run(),
  },
  {
    name: "orderedList",
    title: "ordered_list",
    icon: ListOrdered,
    keys: "Mod+Shift+7",
    run: (e) => e.chain().focus().toggleOrderedList().run(),
  },
  {
    name: "blockquote",
    title: "quote",
    icon: TextQuote,
    keys: "Mod+Shift+b",
    run: (e) => e.chain().focus().toggleBlockquote().run(),
  },
  {
    name: "codeBlock",
    title: "code_block",
    icon: SquareCode,
    keys: "Mod+Alt+c",
    run: (e) => e.chain().focus().toggleCodeBlock().run(),
  },
];

interface FormatBarProps {
  editor: Editor;
  /** Another one after each change: the editor itself stays the same. */
  drawn: number;
}

/** How the text looks. Everything here has its keys and its Markdown, too. */
export function FormatBar({ editor }: FormatBarProps) {
  return (
    <div class="format-bar" role="toolbar" aria-label={t("formatting")}>
      {TEXT.map((tool) => (
        <ToolButton key={tool.name} editor={editor} tool={tool} isOn={editor.isActive(tool.name)} />
      ))}
      <LinkButton editor={editor} isOn={editor.isActive("link")} />
      <span class="format-gap" />
      {BLOCKS.map((tool) => (
        <ToolButton key={tool.name} editor={editor} tool={tool} isOn={editor.isActive(tool.name)} />
      ))}
    </div>
  );
}

function ToolButton({ editor, tool, isOn }: { editor: Editor; tool: Tool; isOn: boolean }) {
  const { icon: Icon } = tool;
  return (
    <IconButton
      size="s"
      label={t(tool.title)}
      {...(tool.keys && { keys: tool.keys })}
      aria-pressed={isOn}
      // The caret stays where it is.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => tool.run(editor)}
    >
      <Icon size={15} />
    </IconButton>
  );
}
