import type { LucideIcon } from "lucide-preact";
import { Bell, KeyRound, ShieldCheck, UserRound } from "lucide-preact";
import type { FunctionComponent } from "preact";
import { type Key, t } from "../../../i18n";
import { Sections } from "../../sections/layout";
import { lazily } from "../../shell/lazily";
import { NotFound } from "../../shell/not-found";

interface AccountSection {
  id: string;
  title: Key;
  icon: LucideIcon;
  page: FunctionComponent;
}

const SECTIONS: AccountSection[] = [
  {
    id: "profile",
    title: "profile",
    icon: UserRound,
    page: lazily(() => import("./profile/section")),
  },
  {
    id: "security",
    title: "security",
    icon: ShieldCheck,
    page: lazily(() => import("./security/section")),
  },
  {
    id: "notifications",
    title: "notifications",
    icon: Bell,
    page: lazily(() => import("./notifications/section")),
  },
  {
    id: "keys",
    title: "keys",
    icon: KeyRound,
    page: lazily(() => import("./keys/section")),
  },
];

export default function AccountPage({ section = "" }: { section?: string }) {
  const shown = SECTIONS.find(({ id }) => id === (section || "profile"));
  return (
    <Sections
      title={t("account")}
      base="/account"
      current={shown?.id ?? ""}
      sections={SECTIONS.map(({ id, title, icon }) => ({ id, title: t(title), icon }))}
    >
      {shown ? <shown.page /> : <NotFound />}
    </Sections>
  );
}
