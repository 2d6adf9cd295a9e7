import { SearchX } from "lucide-preact";
import { t } from "../../i18n";
import { Empty } from "../../kit/empty";

export function NotFound() {
  return (
    <Empty icon={SearchX} title={t("not_found_title")} action={<a href="/">{t("to_inbox")}</a>}>
      {t("not_found_text")}
    </Empty>
  );
}
