import { useEffect } from "preact/hooks";
import { t } from "../../../i18n";
import { Confirm } from "../../../kit/confirm";
import { tell } from "../../shell/failure";
import { unsent } from "../../store/outbox";
import { signOut } from "../../store/session";

/** What has not gone out yet would be lost: stay until it has, or drop it. */
export default function Leaving({ onClose }: { onClose: () => void }) {
  const count = unsent.value.length;
  useEffect(() => {
    if (count === 0) signOut().catch(tell).finally(onClose);
  }, [count === 0]);
  return (
    <Confirm
      title={t("leaving_title")}
      action={t("leaving_action")}
      run={signOut}
      onClose={onClose}
      onError={tell}
    >
      {t("leaving_text", { count })}
    </Confirm>
  );
}
