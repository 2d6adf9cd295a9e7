import type { Editor } from "@tiptap/core";
import { Link } from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../../../i18n";
import { Button, IconButton } from "../../../kit/button";
import { Popover } from "../../../kit/popover";

/** Leads where it says: without a scheme it is a web page's address, or somebody's e-mail address. */
export function completed(address: string): string {
  const text = address.trim();
  if (!text || /^(https?:|mailto:|tel:)/i.test(text)) return text;
  return /^[^\s/@]+@[^\s/@]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
}

export function LinkButton({ editor, isOn }: { editor: Editor; isOn: boolean }) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton
        element={button}
        size="s"
        label={t("link")}
        aria-pressed={isOn}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Link size={15} />
      </IconButton>
      {isOpen && (
        <Popover anchor={button} label={t("link")} onClose={() => setOpen(false)}>
          <LinkField editor={editor} onDone={() => setOpen(false)} />
        </Popover>
      )}
    </>
  );
}

function LinkField({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const [address, setAddress] = useState(String(editor.getAttributes("link").href ?? ""));

  function apply(event: Event): void {
    event.preventDefault();
    const href = completed(address);
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!href) chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link"))
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
    onDone();
    editor.commands.focus();
  }

  return (
    <form class="link-field" onSubmit={apply}>
      <input
        class="input"
        aria-label={t("link_address")}
        placeholder="https://"
        inputMode="url"
        dir="ltr"
        value={address}
        ref={(element) => element?.focus()}
        onInput={(e) => setAddress(e.currentTarget.value)}
      />
      <Button type="submit" variant="primary">
        {t("link_set")}
      </Button>
    </form>
  );
}
