import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { LANGUAGES, type Language, language, speak, t } from "../../../i18n";
import "./front.css";

interface FrontProps {
  title: string;
  text?: ComponentChildren;
  children?: ComponentChildren;
}

/** The frame of the pages that one sees before one is somebody. */
export function Front({ title, text, children }: FrontProps) {
  useEffect(() => void (document.title = `${title} · Rejoinder`), [title]);
  return (
    <main class="front">
      <section>
        <span class="front-mark" />
        <h1>{title}</h1>
        {text && <p class="muted">{text}</p>}
        {children}
      </section>
      <footer>
        <select
          class="front-language"
          aria-label={t("language")}
          value={language.value}
          onChange={(e) => void speak(e.currentTarget.value as Language)}
        >
          {Object.entries(LANGUAGES).map(([value, label]) => (
            <option key={value} value={value} lang={value}>
              {label}
            </option>
          ))}
        </select>
      </footer>
    </main>
  );
}
