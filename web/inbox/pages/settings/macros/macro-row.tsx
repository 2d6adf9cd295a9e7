import { Lock, Pencil, Trash2 } from "lucide-preact";
import { useState } from "preact/hooks";
import * as server from "../../../../api/macros";
import { t } from "../../../../i18n";
import { Badge } from "../../../../kit/badge";
import { IconButton } from "../../../../kit/button";
import { Confirm } from "../../../../kit/confirm";
import { Row } from "../../../sections/panel";
import { tell } from "../../../shell/failure";
import { mayWrite } from "../../../store/session";
import { assigneeName } from "../../../store/team";

interface MacroRowProps {
  project: number;
  macro: server.Macro;
  onEdit: () => void;
  onRemoved: () => void;
}

export function MacroRow({ project, macro, onEdit, onRemoved }: MacroRowProps) {
  const { name, description, content, visibility } = macro;
  const [asks, setAsks] = useState(false);
  return (
    <Row
      title={
        <>
          <bdi>{name}</bdi>
          {visibility === "personal" && (
            <Badge>
              <Lock size={10} aria-hidden="true" />
              {t("macro_personal")}
            </Badge>
          )}
          <Actions actions={macro.actions} />
        </>
      }
      text={<span class="macro-text">{description || content}</span>}
      end={
        mayWrite.value && (
          <>
            <IconButton label={`${t("edit_macro")}: ${name}`} onClick={onEdit}>
              <Pencil size={15} aria-hidden="true" />
            </IconButton>
            <IconButton label={t("macro_delete", { name })} onClick={() => setAsks(true)}>
              <Trash2 size={15} aria-hidden="true" />
            </IconButton>
            {asks && (
              <Confirm
                title={t("macro_delete", { name })}
                action={t("delete")}
                run={async () => {
                  await server.remove(project, macro.short_id);
                  onRemoved();
                }}
                onClose={() => setAsks(false)}
                onError={tell}
              >
                {t("macro_delete_text")}
              </Confirm>
            )}
          </>
        )
      }
    />
  );
}

function Actions({ actions: { status, priority, tags, assignee } }: { actions: server.MacroActions }) {
  return (
    <>
      {status && <Badge tone="accent">{t(`status_${status}`)}</Badge>}
      {priority && <Badge tone="warning">{t(`priority_${priority}`)}</Badge>}
      {assignee && <Badge tone="info">{assigneeName(assignee)}</Badge>}
      {tags?.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </>
  );
}
