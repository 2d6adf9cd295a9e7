import { useEffect } from "preact/hooks";
import { t } from "../../../i18n";
import { othersAt } from "../../store/presence";
import { loadTeam, teammate } from "../../store/team";
import { nameOfUser } from "./names";

/** Who else is at the ticket: one quiet line that is always there, so that nothing jumps. */
export function Presences({ ticket }: { ticket: string }) {
  const here = othersAt(ticket);
  const strangers = here.some(({ user_id }) => !teammate(user_id));
  // Somebody who joined the team since.
  useEffect(() => void (strangers && loadTeam(true)), [strangers]);
  const typing = here.find(({ state }) => state === "typing");
  return (
    <p class="presences" role="status">
      {typing ? (
        <span class="types">{t("types_here", { name: nameOfUser(typing.user_id, typing.email) })}</span>
      ) : here.length > 1 ? (
        t("several_here", { count: here.length })
      ) : (
        here[0] && t("views_this", { name: nameOfUser(here[0].user_id, here[0].email) })
      )}
    </p>
  );
}
