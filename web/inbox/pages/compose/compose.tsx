import { Send } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { canMail, compose } from "../../../api/compose";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { Dialog } from "../../../kit/dialog";
import { TextField } from "../../../kit/field";
import { Segments } from "../../../kit/segments";
import { TextAreaField } from "../../../kit/select";
import { toast } from "../../../kit/toast";
import { useCommands } from "../../keyboard/commands";
import { go } from "../../router";
import { tell } from "../../shell/failure";
import { composing, startAnew, write } from "../../store/composing";
import { inProject, project } from "../../store/session";
import "./compose.css";
import { letterOf, wayOf } from "./letter";
import { RecipientField } from "./recipient";

const LONGEST = 5_000;

/** Begins a conversation with somebody. */
export default function Compose({ onClose }: { onClose: () => void }) {
  const [mails, setMails] = useState<boolean | null>(null);
  const [busy, setBusy] = useState(false);
  // The same until it is sent: a repeat must not send it twice.
  const [key] = useState(() => crypto.randomUUID());
  const { to, subject, message, tags } = composing.value;
  const way = wayOf(composing.value, mails !== false);
  const ready = way !== null && message.trim() !== "" && mails !== null;
  useEffect(() => {
    canMail(project.peek()?.id ?? 0).then(setMails, () => setMails(true));
  }, []);

  async function send(): Promise<void> {
    if (!ready || busy) return;
    setBusy(true);
    try {
      const { ticket_number } = await compose(project.peek()?.id ?? 0, letterOf(composing.peek(), way), key);
      startAnew();
      onClose();
      toast(t("compose_sent", { number: `#${ticket_number}` }));
      go(inProject(`tickets/${ticket_number}`));
    } catch (error) {
      tell(error);
      setBusy(false);
    }
  }

  useCommands(
    [
      {
        id: "compose.send",
        title: "compose_send",
        group: "write",
        keys: ["Mod+Enter"],
        whileTyping: true,
        whileCovered: true,
        run: () => void send(),
      },
    ],
    [ready, busy, way],
  );

  return (
    <Dialog
      wide
      title={t("compose_title")}
      onClose={onClose}
      footer={
        <Button variant="primary" keys="Mod+Enter" disabled={!ready} busy={busy} onClick={() => void send()}>
          <Send size={15} class="mirrored" aria-hidden="true" />
          {t("compose_send")}
        </Button>
      }
    >
      <div class="compose-fields">
        <RecipientField to={to} mails={mails !== false} />
        {to && mails && to.distinctId && to.email && <Way way={way} />}
        {to && way === "widget" && mails === false && (
          <p class="compose-hint muted">{t("compose_no_email")}</p>
        )}
        {way !== "widget" && (
          <TextField
            label={t("compose_subject")}
            value={subject}
            maxLength={500}
            onText={(text) => write({ subject: text })}
          />
        )}
        <TextAreaField
          label={t("compose_message")}
          value={message}
          maxLength={LONGEST}
          onText={(text) => write({ message: text })}
        />
        <TextField
          label={t("compose_tags")}
          hint={t("compose_tags_hint")}
          value={tags}
          onText={(text) => write({ tags: text })}
        />
      </div>
    </Dialog>
  );
}

function Way({ way }: { way: "email" | "widget" | null }) {
  return (
    <Segments
      label={t("compose_by")}
      value={way ?? "email"}
      options={[
        ["email", t("compose_by_email")],
        ["widget", t("compose_by_widget")],
      ]}
      onPick={(picked) => write({ way: picked })}
    />
  );
}
