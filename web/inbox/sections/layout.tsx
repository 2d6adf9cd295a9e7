import type { LucideIcon } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { t } from "../../i18n";
import { Skeleton } from "../../kit/skeleton";
import { go } from "../router";
import { useTitle } from "../shell/title";
import { PanelSkeleton } from "./panel";
import { isUnsaved } from "./unsaved";
import "../../kit/select.css";
import "./head.css";
import "./layout.css";

export interface Section {
  id: string;
  title: string;
  icon: LucideIcon;
  group?: string;
}

interface SectionsProps {
  title: string;
  /** What the address of a section begins with, and what the forms in it are named by. */
  base: string;
  sections: Section[];
  current: string;
  children: ComponentChildren;
}

/** Settings of any kind: sections beside (a choice above, on a phone) and the present one. */
export function Sections({ title, base, sections, current, children }: SectionsProps) {
  const shown = sections.find(({ id }) => id === current);
  useTitle(shown?.title, title);
  return (
    <div class="sections">
      <nav class="sections-nav scroll" aria-label={title}>
        <h1>{title}</h1>
        <ul>
          {sections.map((section, index) => (
            <SectionLink
              key={section.id}
              section={section}
              heading={section.group !== sections[index - 1]?.group ? section.group : undefined}
              base={base}
              isCurrent={section.id === current}
            />
          ))}
        </ul>
        <select
          class="input select"
          aria-label={title}
          value={current}
          onChange={(e) => go(`${base}/${e.currentTarget.value}`)}
        >
          {sections.map(({ id, title: name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </nav>
      <div class="sections-page scroll" key={current}>
        <div class="sections-content">{children}</div>
      </div>
    </div>
  );
}

interface LinkProps {
  section: Section;
  heading: string | undefined;
  base: string;
  isCurrent: boolean;
}

function SectionLink({ section: { id, title, icon: Icon }, heading, base, isCurrent }: LinkProps) {
  const href = `${base}/${id}`;
  return (
    <>
      {heading && <li class="sections-group">{heading}</li>}
      <li>
        <a href={href} aria-current={isCurrent ? "page" : undefined}>
          <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
          <span class="truncate">{title}</span>
          {isUnsaved(href) && <i title={t("unsaved")} role="img" aria-label={t("unsaved")} />}
        </a>
      </li>
    </>
  );
}

/** The head of a section, and under it what it is about. */
export function SectionHead({ title, text }: { title: string; text?: ComponentChildren }) {
  return (
    <header class="section-head">
      <h2>{title}</h2>
      {text && <p class="muted">{text}</p>}
    </header>
  );
}

export function SectionSkeleton({ panels = 2 }: { panels?: number }) {
  return (
    <>
      <div class="section-head">
        <Skeleton width="11rem" height="1.25rem" />
      </div>
      {Array.from({ length: panels }, (_, index) => (
        <PanelSkeleton key={index} rows={2} />
      ))}
    </>
  );
}
