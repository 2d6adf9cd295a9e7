import { Plus, Zap } from "lucide-preact";
import { useState } from "preact/hooks";
import * as server from "../../../../api/macros";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { Empty } from "../../../../kit/empty";
import { SectionHead } from "../../../sections/layout";
import { Panel, PanelSkeleton } from "../../../sections/panel";
import { Loaded, useResource } from "../../../sections/resource";
import { loadMacros } from "../../../store/macros";
import { mayWrite } from "../../../store/session";
import type { SectionProps } from "../sections";
import { MacroDialog } from "./macro-dialog";
import { MacroRow } from "./macro-row";
import "./section.css";

const MANY = 8;

const matches = (macro: server.Macro, text: string): boolean =>
  `${macro.name} ${macro.description} ${macro.content}`
    .toLocaleLowerCase()
    .includes(text.trim().toLocaleLowerCase());

export default function Macros({ project: { id } }: SectionProps) {
  const known = useResource(() => server.list(id), [id]);
  const [edited, setEdited] = useState<server.Macro | "new" | null>(null);
  const [text, setText] = useState("");
  const changed = () => {
    void known.reload();
    void loadMacros(true);
  };
  const add = mayWrite.value && (
    <Button variant="primary" onClick={() => setEdited("new")}>
      <Plus size={15} aria-hidden="true" />
      {t("new_macro")}
    </Button>
  );
  return (
    <>
      <SectionHead title={t("macros")} text={t("macros_text")} />
      <Loaded of={known} skeleton={<PanelSkeleton />}>
        {(all) => {
          const shown = all.filter((macro) => matches(macro, text));
          if (!all.length)
            return (
              <Empty icon={Zap} title={t("macros_none")} action={add}>
                {t("macros_none_text")}
              </Empty>
            );
          return (
            <Panel title={t("macros")} flush action={add}>
              {all.length > MANY && (
                <input
                  class="input macros-search"
                  type="search"
                  aria-label={t("macro_search")}
                  placeholder={t("macro_search")}
                  value={text}
                  onInput={(e) => setText(e.currentTarget.value)}
                />
              )}
              <ul>
                {shown.map((macro) => (
                  <MacroRow
                    key={macro.id}
                    project={id}
                    macro={macro}
                    onEdit={() => setEdited(macro)}
                    onRemoved={changed}
                  />
                ))}
              </ul>
              {!shown.length && <p class="macros-none muted">{t("nothing_found")}</p>}
            </Panel>
          );
        }}
      </Loaded>
      {edited && (
        <MacroDialog
          project={id}
          macro={edited === "new" ? null : edited}
          onSaved={changed}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}
