import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import * as server from "../../../../api/project";
import type { Project } from "../../../../api/types";
import { type Key, t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { Confirm } from "../../../../kit/confirm";
import { toast } from "../../../../kit/toast";
import { SectionHead } from "../../../sections/layout";
import { Panel } from "../../../sections/panel";
import { tell } from "../../../shell/failure";
import type { SectionProps } from "../sections";

export default function Danger({ project, take }: SectionProps) {
  const act = (deed: (id: number) => Promise<Project>) => async () => {
    take(await deed(project.id));
    toast(t("done"));
  };
  return (
    <>
      <SectionHead title={t("danger")} text={t("danger_text")} />
      <Deed
        title="rotate_widget"
        text="rotate_widget_text"
        action="rotate"
        run={act(server.rotateWidgetToken)}
      />
      <Deed title="rotate_secret" text="rotate_secret_text" action="rotate" run={act(server.rotateSecret)} />
      {project.conversations_enabled ? (
        <Deed
          title="switch_off"
          text="switch_off_text"
          action="switch_off"
          typed={project.name}
          run={act((id) => server.switchConversations(id, false))}
        />
      ) : (
        <Panel
          title={t("switch_on")}
          text={t("switch_on_text")}
          action={
            <Button
              variant="primary"
              onClick={() => act((id) => server.switchConversations(id, true))().catch(tell)}
            >
              {t("switch_on")}
            </Button>
          }
        />
      )}
    </>
  );
}

interface DeedProps {
  title: Key;
  text: Key;
  action: Key;
  typed?: string;
  run: () => Promise<void>;
}

function Deed({ title, text, action, typed, run }: DeedProps): ComponentChildren {
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Panel
        tone="danger"
        title={t(title)}
        text={t(text)}
        action={
          <Button variant="danger" onClick={() => setAsks(true)}>
            {t(action)}
          </Button>
        }
      />
      {asks && (
        <Confirm
          title={t(title)}
          action={t(action)}
          run={run}
          onClose={() => setAsks(false)}
          onError={tell}
          {...(typed && { typed })}
        >
          {t(text)}
        </Confirm>
      )}
    </>
  );
}
