import { Lock, LockKeyhole, MessageSquareOff } from "lucide-preact";
import { useEffect } from "preact/hooks";
import * as server from "../../../api/project";
import type { Project } from "../../../api/types";
import { t } from "../../../i18n";
import { Empty } from "../../../kit/empty";
import { SectionSkeleton, Sections } from "../../sections/layout";
import { Notice } from "../../sections/notice";
import { Loaded, type Resource, useResource } from "../../sections/resource";
import { NotFound } from "../../shell/not-found";
import { inProject, mayAdminister, project } from "../../store/session";
import { type ProjectSection, SECTIONS } from "./sections";

export default function SettingsPage({ section = "", item = "" }: { section?: string; item?: string }) {
  const id = project.value?.id;
  const found = useResource(() => (id ? server.retrieve(id) : Promise.reject()), [id]);
  useEffect(() => document.getElementById("content")?.focus({ preventScroll: true }), []);
  if (!id) return <NotFound />;
  const shown = SECTIONS.find((each) => each.id === (section || "general"));
  const visible = SECTIONS.filter((each) => mayAdminister.value || !each.closed);
  return (
    <Sections
      title={t("settings")}
      base={inProject("settings")}
      current={shown?.id ?? ""}
      sections={visible.map(({ id, title, icon, group }) => ({ id, title: t(title), icon, group: t(group) }))}
    >
      {shown ? <Present section={shown} found={found} item={item} /> : <NotFound />}
    </Sections>
  );
}

interface PresentProps {
  section: ProjectSection;
  found: Resource<Project>;
  item: string;
}

function Present({ section: { page: Page, closed, id }, found, item }: PresentProps) {
  const readOnly = !mayAdminister.value;
  if (closed && readOnly)
    return (
      <Empty icon={LockKeyhole} title={t("not_allowed_title")}>
        {t("not_allowed_text")}
      </Empty>
    );
  return (
    <Loaded of={found} skeleton={<SectionSkeleton />}>
      {(shown) => (
        <>
          {readOnly && id !== "macros" && <Notice icon={Lock}>{t("read_only")}</Notice>}
          {!shown.conversations_enabled && id !== "danger" && (
            <Notice icon={MessageSquareOff}>{t("conversations_are_off")}</Notice>
          )}
          <Page project={shown} take={found.set} readOnly={readOnly} item={item} />
        </>
      )}
    </Loaded>
  );
}
