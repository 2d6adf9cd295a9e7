import { t } from "../../../../i18n";
import { SectionHead } from "../../../sections/layout";
import { ChangePassword } from "./change-password";
import { Sessions } from "./sessions";

export default function Security() {
  return (
    <>
      <SectionHead title={t("security")} text={t("security_text")} />
      <ChangePassword />
      <Sessions />
    </>
  );
}
