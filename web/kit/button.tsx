import type { ButtonHTMLAttributes, ComponentChildren, Ref } from "preact";
import { forReaders, inWords, Kbd } from "./kbd";
import "./button.css";

export interface ButtonProps extends Omit<ButtonHTMLAttributes, "size" | "ref" | "type" | "disabled"> {
  variant?: "primary" | "default" | "quiet" | "danger" | "destructive";
  size?: "m" | "s";
  type?: "button" | "submit";
  disabled?: boolean;
  busy?: boolean;
  keys?: string;
  element?: Ref<HTMLButtonElement>;
  children?: ComponentChildren;
}

/** A button; while `busy` it keeps its place and refuses a second press. */
export function Button(props: ButtonProps) {
  const { variant = "default", size = "m", type = "button", ...rest } = props;
  const { busy, disabled, keys, element, children, class: more, ...others } = rest;
  return (
    <button
      {...others}
      ref={element ?? null}
      type={type}
      class={`button ${variant} ${size} ${more ?? ""}`}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...(keys && { "aria-keyshortcuts": forReaders(keys) })}
    >
      {children}
      {keys && <Kbd keys={keys} />}
    </button>
  );
}

/** A button that shows an icon alone: `label` is its name, for the ear and under the pointer. */
export function IconButton({ label, ...props }: ButtonProps & { label: string }) {
  const title = props.keys ? `${label} (${inWords(props.keys)})` : label;
  const { keys: _, variant = "quiet", ...others } = props;
  return (
    <Button
      {...others}
      variant={variant}
      class={`icon ${props.class ?? ""}`}
      aria-label={label}
      title={title}
      {...(props.keys && { "aria-keyshortcuts": forReaders(props.keys) })}
    />
  );
}
