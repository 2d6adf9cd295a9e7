import { Play } from "lucide-preact";
import type { Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { Disclosure } from "../../../kit/disclosure";
import { Fact, Facts, OutLink, safeHref } from "./facts";
import { deviceOf, pathOf, shownContext } from "./known";

type Known = Record<string, unknown>;

/** Where they were when they wrote, and with what. */
export function SessionFacts({ ticket }: { ticket: Ticket }) {
  const context = ticket.session_context as Known;
  const page = safeHref(context.current_url);
  const replay = safeHref(context.session_replay_url);
  const device = deviceOf((ticket.person?.properties ?? {}) as Known);
  const others = shownContext(context);
  if (!page && !replay && device.length === 0 && others.length === 0) return null;
  return (
    <Disclosure name="session" title={t("section_session")}>
      <Facts>
        <Fact name={t("fact_page")}>{page && <OutLink href={page}>{pathOf(page)}</OutLink>}</Fact>
        <Fact name={t("fact_replay")}>
          {replay && (
            <OutLink href={replay}>
              <Play size={11} aria-hidden="true" /> {t("replay_watch")}
            </OutLink>
          )}
        </Fact>
        {device.map(([name, value]) => (
          <Fact key={name} name={t(`device_${name}`)}>
            {value}
          </Fact>
        ))}
        {others.map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </Facts>
    </Disclosure>
  );
}
