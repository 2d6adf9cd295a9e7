import { CheckCheck, Inbox, SearchX } from "lucide-preact";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { Empty } from "../../../../kit/empty";
import { asked, searchEverywhere, setFilters } from "../../../store/asked";

/** Why there are no rows, and the way to some. */
export function Nothing() {
  const { search, view, filters, edited } = asked.value;
  const narrow = Object.keys(filters).length > 0;
  if (search)
    return (
      <Empty
        icon={SearchX}
        title={t("list_empty_search", { text: search })}
        action={narrow && <Button onClick={searchEverywhere}>{t("search_everywhere")}</Button>}
      />
    );
  if (edited)
    return (
      <Empty
        icon={Inbox}
        title={t("list_empty_filtered")}
        action={<Button onClick={() => setFilters({})}>{t("clear_filters")}</Button>}
      />
    );
  if (view === "all")
    return <Empty icon={Inbox} title={t("list_empty_title")} children={t("list_empty_project")} />;
  const texts = { open: "list_empty_open", mine: "list_empty_mine" } as const;
  const text = texts[view as keyof typeof texts];
  return <Empty icon={CheckCheck} title={t("list_empty_title")} children={text && t(text)} />;
}
