import { KeyRound, Plus } from "lucide-preact";
import { useState } from "preact/hooks";
import { keys } from "../../../../api/account";
import type { ApiKey } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { Empty } from "../../../../kit/empty";
import { SectionHead } from "../../../sections/layout";
import { Panel, PanelSkeleton } from "../../../sections/panel";
import { Loaded, useResource } from "../../../sections/resource";
import { KeyDialog } from "./key-dialog";
import { KeyRow } from "./key-row";

export default function Keys() {
  const known = useResource(keys, []);
  const [edited, setEdited] = useState<ApiKey | "new" | null>(null);
  const add = (
    <Button variant="primary" onClick={() => setEdited("new")}>
      <Plus size={15} aria-hidden="true" />
      {t("new_key")}
    </Button>
  );
  return (
    <>
      <SectionHead title={t("keys")} text={t("keys_text")} />
      <Loaded of={known} skeleton={<PanelSkeleton />}>
        {(all) =>
          all.length ? (
            <Panel title={t("keys")} flush action={add}>
              <ul>
                {all.map((key) => (
                  <KeyRow
                    key={key.id}
                    apiKey={key}
                    onEdit={() => setEdited(key)}
                    onRevoked={() => known.set(all.filter(({ id }) => id !== key.id))}
                  />
                ))}
              </ul>
            </Panel>
          ) : (
            <Empty icon={KeyRound} title={t("keys_none")} action={add}>
              {t("keys_none_text")}
            </Empty>
          )
        }
      </Loaded>
      {edited && (
        <KeyDialog
          apiKey={edited === "new" ? null : edited}
          onSaved={() => void known.reload()}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}
