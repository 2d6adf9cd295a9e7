import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../../api/errors";
import { look } from "../../../api/invites";
import type { Invitation } from "../../../api/types";
import { t } from "../../../i18n";
import { Skeleton } from "../../../kit/skeleton";
import { Failure } from "../../shell/failure";
import { Front } from "../sign-in/front";
import { JoinAnew } from "./join-anew";
import { JoinKnown } from "./join-known";

/** Where the link of an invitation leads. */
export default function Invite({ token = "" }: { token?: string }) {
  const [found, setFound] = useState<Invitation | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const ask = () =>
    look(token).then((invitation) => {
      setFound(invitation);
      setFailed(null);
    }, setFailed);
  useEffect(() => void ask(), [token]);
  if (failed instanceof ApiError && failed.status < 429)
    return (
      <Front title={t("link_dead_title")} text={t("invite_dead_text")}>
        <div class="front-actions">
          <a href="/sign-in">{t("to_sign_in")}</a>
        </div>
      </Front>
    );
  if (failed) return <Failure error={failed} onRetry={() => void ask()} />;
  if (!found)
    return (
      <Front title="…">
        <div class="front-actions" aria-busy="true">
          <Skeleton />
          <Skeleton height="2rem" />
          <Skeleton height="2rem" />
        </div>
      </Front>
    );
  return found.needs_account ? (
    <JoinAnew token={token} invitation={found} />
  ) : (
    <JoinKnown token={token} invitation={found} />
  );
}
