import { Pencil } from "lucide-preact";
import { useState } from "preact/hooks";
import { revokeKey } from "../../../../api/account";
import type { ApiKey } from "../../../../api/types";
import { t } from "../../../../i18n";
import { Badge } from "../../../../kit/badge";
import { Button, IconButton } from "../../../../kit/button";
import { Confirm } from "../../../../kit/confirm";
import { full, relative } from "../../../../kit/time";
import { Row } from "../../../sections/panel";
import { tell } from "../../../shell/failure";
import { projects } from "../../../store/session";
import { stepOf } from "./scopes";

interface KeyRowProps {
  apiKey: ApiKey;
  onEdit: () => void;
  onRevoked: () => void;
}

export function KeyRow({ apiKey, onEdit, onRevoked }: KeyRowProps) {
  const { id, label, mask, scopes, scoped_projects, created_at, last_used_at } = apiKey;
  const [asks, setAsks] = useState(false);
  const limited = projects.value.filter((project) => scoped_projects.includes(project.id));
  return (
    <Row
      title={
        <>
          <bdi>{label}</bdi>
          <Badge tone={stepOf(scopes) === "all" ? "warning" : "neutral"}>
            {t(`scope_${stepOf(scopes)}`)}
          </Badge>
          {limited.map((project) => (
            <Badge key={project.id}>{project.name}</Badge>
          ))}
        </>
      }
      text={
        <>
          <code dir="ltr">{mask}</code> ·{" "}
          <span title={last_used_at ? full(last_used_at) : undefined}>
            {last_used_at ? t("key_used", { when: relative(last_used_at) }) : t("key_unused")}
          </span>{" "}
          · <span title={full(created_at)}>{t("key_made_at", { when: relative(created_at) })}</span>
        </>
      }
      end={
        <>
          <IconButton label={`${t("key_edit")}: ${label}`} onClick={onEdit}>
            <Pencil size={15} aria-hidden="true" />
          </IconButton>
          <Button
            size="s"
            variant="danger"
            aria-label={t("key_revoke_title", { name: label })}
            onClick={() => setAsks(true)}
          >
            {t("key_revoke")}
          </Button>
          {asks && (
            <Confirm
              title={t("key_revoke_title", { name: label })}
              action={t("key_revoke")}
              run={async () => {
                await revokeKey(id);
                onRevoked();
              }}
              onClose={() => setAsks(false)}
              onError={tell}
            >
              {t("key_revoke_text")}
            </Confirm>
          )}
        </>
      }
    />
  );
}
