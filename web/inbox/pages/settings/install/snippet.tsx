import { useState } from "preact/hooks";
import type { Project } from "../../../../api/types";
import { type Key, t } from "../../../../i18n";
import { CodeBlock } from "../../../../kit/copy";
import { Segments } from "../../../../kit/segments";
import { Panel } from "../../../sections/panel";
import * as snippets from "./snippets";

type Way = "html" | "npm" | "posthog";

const TEXTS: Record<Way, Key> = {
  html: "snippet_html_text",
  npm: "snippet_npm_text",
  posthog: "snippet_posthog_text",
};

/** What goes into the pages, with this server's address and the project's token in it. */
export function Snippet({ project }: { project: Project }) {
  const [way, setWay] = useState<Way>("html");
  const text = {
    html: snippets.html(location.origin, project.api_token),
    npm: snippets.npm(location.origin, project.api_token),
    posthog: snippets.existing(location.origin),
  }[way];
  return (
    <Panel title={t("snippet")} text={t(TEXTS[way])}>
      <Segments
        label={t("snippet")}
        value={way}
        options={[
          ["html", t("snippet_html")],
          ["npm", t("snippet_npm")],
          ["posthog", t("snippet_posthog")],
        ]}
        onPick={setWay}
      />
      <CodeBlock label={t("snippet")} text={text} />
      {way === "posthog" && <CodeBlock label={t("snippet_adopt")} text={snippets.adopt(project.id)} />}
    </Panel>
  );
}
