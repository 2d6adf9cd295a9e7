import { Inbox } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import { Empty } from "../../kit/empty";
import { go } from "../router";
import { inProject, project } from "../store/session";

/** `/` leads to the inbox of the first project. */
export function Home() {
  useEffect(() => {
    if (project.value) go(inProject("tickets"), { replace: true });
  }, [project.value]);
  if (project.value) return null;
  return (
    <Empty icon={Inbox} title={t("no_project_title")}>
      {t("no_project_text")}
    </Empty>
  );
}
