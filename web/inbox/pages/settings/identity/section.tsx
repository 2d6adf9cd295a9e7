import { useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { CodeBlock } from "../../../../kit/copy";
import { Segments } from "../../../../kit/segments";
import { SectionHead } from "../../../sections/layout";
import { Panel } from "../../../sections/panel";
import type { SectionProps } from "../sections";
import { SecretPanel } from "./secret";
import { LANGUAGES, PROVE, type ServerLanguage, SIGN } from "./snippets";

export default function Identity({ project, take }: SectionProps) {
  const [language, setLanguage] = useState<ServerLanguage>("Python");
  return (
    <>
      <SectionHead title={t("identity")} text={t("identity_text")} />
      <SecretPanel project={project} take={take} />
      <Panel title={t("sign_panel")} text={t("sign_text")}>
        <Segments
          label={t("sign_panel")}
          value={language}
          options={LANGUAGES.map((name) => [name, name] as const)}
          onPick={setLanguage}
        />
        <CodeBlock label={language} text={SIGN[language]} />
      </Panel>
      <Panel title={t("prove_panel")} text={t("prove_text")}>
        <CodeBlock label={t("prove_panel")} text={PROVE} />
      </Panel>
    </>
  );
}
