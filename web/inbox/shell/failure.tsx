import { CloudOff, LockKeyhole, SearchX, TriangleAlert } from "lucide-preact";
import { ApiError, Offline } from "../../api/errors";
import { t } from "../../i18n";
import { Button } from "../../kit/button";
import { Empty } from "../../kit/empty";
import { toast } from "../../kit/toast";

/** What to tell people about an error. */
export function wording(error: unknown): string {
  if (error instanceof ApiError) return error.detail;
  return error instanceof Offline ? t("failed_offline") : t("failed");
}

/** For what failed in passing: the page stays as it is. */
export function tell(error: unknown): void {
  if (!(error instanceof DOMException && error.name === "AbortError"))
    toast(wording(error), { tone: "danger" });
}

/** Stands where a page or pane would be. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const status = error instanceof ApiError ? error.status : 0;
  if (status === 403)
    return <Empty icon={LockKeyhole} title={t("not_allowed_title")} children={t("not_allowed_text")} />;
  if (status === 404)
    return <Empty icon={SearchX} title={t("not_found_title")} children={t("not_found_text")} />;
  const icon = error instanceof Offline ? CloudOff : TriangleAlert;
  return (
    <Empty
      icon={icon}
      title={wording(error)}
      action={onRetry && <Button onClick={onRetry}>{t("retry")}</Button>}
    />
  );
}
