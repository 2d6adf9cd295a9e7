import { Bell, BellOff } from "lucide-preact";
import { useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { Notice } from "../../../sections/notice";
import { Panel } from "../../../sections/panel";

/** The browser's own leave to interrupt; it is asked only when somebody presses. */
export function Permission() {
  const [state, setState] = useState(() => globalThis.Notification?.permission ?? "denied");
  if (state === "granted") return <Notice icon={Bell}>{t("notify_granted")}</Notice>;
  if (state === "denied") return <Notice icon={BellOff}>{t("notify_denied")}</Notice>;
  return (
    <Panel
      title={t("notify_permission")}
      text={t("notify_allow_text")}
      action={
        <Button variant="primary" onClick={() => void Notification.requestPermission().then(setState)}>
          {t("notify_allow")}
        </Button>
      }
    />
  );
}
