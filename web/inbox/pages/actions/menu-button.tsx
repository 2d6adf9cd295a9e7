import type { ComponentChildren } from "preact";
import { forReaders, inWords } from "../../../kit/kbd";
import { type Menu, menu as opened } from "../../store/acting";

interface MenuButtonProps {
  menu: Menu;
  label: string;
  keys?: string;
  /** Gives way where there is little room; its menu is then found under "more". */
  minor?: boolean;
  pressed?: boolean;
  children: ComponentChildren;
}

/** Opens a menu, and says what is set there. */
export function MenuButton({ menu, label, keys, minor, pressed, children }: MenuButtonProps) {
  const open = opened.value === menu;
  return (
    <button
      type="button"
      class={`button quiet ticket-setting ${minor ? "minor" : ""}`}
      data-menu={menu}
      data-set={pressed || undefined}
      aria-label={label}
      aria-haspopup="dialog"
      aria-expanded={open}
      title={keys ? `${label} (${inWords(keys)})` : label}
      {...(keys && { "aria-keyshortcuts": forReaders(keys) })}
      onClick={() => (opened.value = open ? null : menu)}
    >
      {children}
    </button>
  );
}
