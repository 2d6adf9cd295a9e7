import { MessagesSquare, PanelRight } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { t } from "../../../i18n";
import { Empty } from "../../../kit/empty";
import { SlideOver } from "../../../kit/slide-over";
import { useCommands } from "../../keyboard/commands";
import { tell } from "../../shell/failure";
import { late } from "../../shell/lazily";
import { lookAhead } from "../../store/ahead";
import { attend } from "../../store/list";
import {
  closePerson,
  personFits,
  personOpen,
  single,
  togglePerson,
  viewsFit,
  viewsOpen,
} from "../../store/panes";
import { project } from "../../store/session";
import { loadTeam } from "../../store/team";
import { ticket } from "../../store/tickets";
import { attendViews } from "../../store/views";
import { Conversation } from "../conversation/conversation";
import { PersonWaiting } from "../person/waiting";
import { useNeighbourCommands } from "./list/commands";
import { ListPane } from "./list/pane";
import "./page.css";
import { useViewKeys, Views } from "./views/views";

const PersonPanel = late(
  () => import("../person/panel").then(({ PersonPanel }) => ({ default: PersonPanel })),
  <PersonWaiting />,
);

/** The panes: views, the list, and the conversation with its person. */
export function TicketsPage({ ref }: { ref?: string }) {
  const id = project.value?.id;
  useEffect(attend, [id]);
  useEffect(lookAhead, [id]);
  useEffect(() => attendViews(tell), [id]);
  useEffect(() => void loadTeam(), [id]);
  useViewKeys();
  return (
    <div class="panes">
      <ViewsPane />
      {!(single.value && ref) && <ListPane opened={ref} />}
      {ref ? <Opened ref={ref} /> : !single.value && <NothingOpened />}
    </div>
  );
}

function ViewsPane() {
  const close = () => (viewsOpen.value = false);
  if (viewsFit.value)
    return (
      <nav class="pane-views scroll" aria-label={t("views")}>
        <Views />
      </nav>
    );
  return viewsOpen.value ? (
    <SlideOver label={t("views")} onClose={close}>
      <nav class="scroll" aria-label={t("views")}>
        <Views onChosen={close} />
      </nav>
    </SlideOver>
  ) : null;
}

function Opened({ ref }: { ref: string }) {
  const known = ticket(ref)?.value;
  useEffect(() => closePerson, [ref]);
  useNeighbourCommands(ref);
  useCommands([
    {
      id: "ticket.person",
      title: "toggle_person",
      group: "ticket",
      icon: PanelRight,
      keys: ["i"],
      run: togglePerson,
    },
  ]);
  return (
    <>
      <section class="pane-conversation" aria-label={t("conversation")}>
        <Conversation key={ref} ref={ref} />
      </section>
      {personFits.value && personOpen.value && (
        <aside class="pane-person scroll" aria-label={t("person")}>
          {known && <PersonPanel ticket={known} />}
        </aside>
      )}
      {!personFits.value && personOpen.value && known && (
        <SlideOver label={t("person")} side="end" onClose={closePerson}>
          <div class="scroll">
            <PersonPanel ticket={known} />
          </div>
        </SlideOver>
      )}
    </>
  );
}

function NothingOpened() {
  return (
    <section class="pane-conversation" aria-label={t("conversation")}>
      <Empty icon={MessagesSquare} title={t("nothing_opened")}>
        {t("nothing_opened_hint")}
      </Empty>
    </section>
  );
}
