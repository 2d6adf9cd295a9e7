import { UserRound } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { t } from "../../../i18n";
import { Empty } from "../../../kit/empty";
import { useTitle } from "../../shell/title";
import { single } from "../../store/panes";
import { project } from "../../store/session";
import { loadTeam } from "../../store/team";
import { PersonList } from "./list";
import "./page.css";
import { PersonPage } from "./person";

/** Everybody who wrote, and what is known of each. */
export default function Page({ id }: { id?: string }) {
  useTitle(t("people"));
  useEffect(() => void loadTeam(), [project.value?.id]);
  return (
    <div class="persons">
      {!(single.value && id) && <PersonList chosen={id} />}
      {id ? (
        <PersonPage key={id} id={id} />
      ) : (
        !single.value && (
          <section class="person-page-pane" aria-label={t("person")}>
            <Empty icon={UserRound} title={t("persons_choose")}>
              {t("persons_choose_hint")}
            </Empty>
          </section>
        )
      )}
    </div>
  );
}
