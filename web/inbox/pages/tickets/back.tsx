import { ArrowLeft } from "lucide-preact";
import { t } from "../../../i18n";
import { IconButton } from "../../../kit/button";
import { go, place } from "../../router";
import { single } from "../../store/panes";
import { inProject } from "../../store/session";

export function backToList(): void {
  const query = place.peek().query.toString();
  go(inProject("tickets") + (query && `?${query}`));
}

/** Stands first in the conversation's header; shown where the list has no room beside it. */
export function BackToList() {
  if (!single.value) return null;
  return (
    <IconButton label={t("back_to_list")} onClick={backToList}>
      <ArrowLeft size={18} class="mirrored" />
    </IconButton>
  );
}
