import { useRef, useState } from "preact/hooks";
import { LANGUAGES, type Language, language, speak, t } from "../../i18n";
import { Avatar } from "../../kit/avatar";
import { Popover } from "../../kit/popover";
import { go } from "../router";
import { me, nameOf, project, projects } from "../store/session";
import { leave } from "./leave";
import { choose, type Theme, theme } from "./theme";
import "./account-menu.css";

const THEMES: [Theme, "theme_system" | "theme_light" | "theme_dark"][] = [
  ["system", "theme_system"],
  ["light", "theme_light"],
  ["dark", "theme_dark"],
];

/** Who one is, in which project, and how it looks. */
export function AccountMenu() {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const user = me.value;
  if (!user) return null;
  const close = () => setOpen(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        class="account"
        aria-label={t("account")}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Avatar name={nameOf(user)} />
      </button>
      {open && (
        <Popover anchor={button} onClose={close} label={t("account")}>
          <div class="account-menu">
            <p>
              <strong>{nameOf(user)}</strong>
              <span class="muted truncate">{user.email}</span>
            </p>
            {projects.value.length > 1 && <ProjectChoice onDone={close} />}
            <label>
              {t("theme")}
              <select
                class="input"
                value={theme.value}
                onChange={(e) => choose(e.currentTarget.value as Theme)}
              >
                {THEMES.map(([value, label]) => (
                  <option key={value} value={value}>
                    {t(label)}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {t("language")}
              <select
                class="input"
                value={language.value}
                onChange={(e) => void speak(e.currentTarget.value as Language)}
              >
                {Object.entries(LANGUAGES).map(([value, label]) => (
                  <option key={value} value={value} lang={value}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
            <a href="/account" onClick={close}>
              {t("account")}
            </a>
            <button
              type="button"
              onClick={() => {
                close();
                leave();
              }}
            >
              {t("sign_out")}
            </button>
          </div>
        </Popover>
      )}
    </>
  );
}

function ProjectChoice({ onDone }: { onDone: () => void }) {
  return (
    <label>
      {t("projects")}
      <select
        class="input"
        value={project.value?.id}
        onChange={(e) => {
          onDone();
          go(`/projects/${e.currentTarget.value}/tickets`);
        }}
      >
        {projects.value.map(({ id, name, organization }) => (
          <option key={id} value={id}>
            {organization.name} · {name}
          </option>
        ))}
      </select>
    </label>
  );
}
