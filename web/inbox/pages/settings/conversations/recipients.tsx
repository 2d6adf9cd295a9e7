import { Mail, Plus, X } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { Avatar } from "../../../../kit/avatar";
import { Button, IconButton } from "../../../../kit/button";
import { Picker } from "../../../../kit/picker";
import { nameOf } from "../../../store/session";
import { loadTeam, team } from "../../../store/team";
import "../../../../kit/list-field.css";

type Recipient = string | number;

interface RecipientsProps {
  value: Recipient[];
  error: string | null;
  readOnly: boolean;
  onChange: (value: Recipient[]) => void;
}

/** Teammates by their id, others by their address. */
export function Recipients({ value, error, readOnly, onChange }: RecipientsProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const { users } = team.value;
  useEffect(() => void loadTeam(), []);
  const name = (recipient: Recipient): string => {
    const user = users.find(({ id }) => id === recipient);
    return user ? nameOf(user) : typeof recipient === "number" ? `#${recipient}` : recipient;
  };
  const remove = (recipient: Recipient) => onChange(value.filter((other) => other !== recipient));
  return (
    <div class="list-field">
      {value.length === 0 ? (
        <p class="muted">{t("recipients_none")}</p>
      ) : (
        <ul class="list-chips">
          {value.map((recipient) => (
            <li key={recipient} class="list-chip">
              {typeof recipient === "number" && <Avatar name={name(recipient)} size="s" />}
              <bdi>{name(recipient)}</bdi>
              {!readOnly && (
                <IconButton
                  size="s"
                  label={t("remove_item", { name: name(recipient) })}
                  onClick={() => remove(recipient)}
                >
                  <X size={12} aria-hidden="true" />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {error && (
        <p class="wrong" role="alert">
          {error}
        </p>
      )}
      {!readOnly && (
        <div>
          <Button element={button} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>
            <Plus size={14} aria-hidden="true" />
            {t("add_recipient")}
          </Button>
        </div>
      )}
      {open && (
        <Picker<Recipient>
          anchor={button}
          label={t("add_recipient")}
          placeholder={t("add_recipient_placeholder")}
          options={users
            .filter(({ id }) => !value.includes(id))
            .map((user) => ({
              value: user.id,
              label: nameOf(user),
              hint: user.email,
              icon: <Avatar name={nameOf(user)} size="s" />,
            }))}
          create={(text) =>
            text.includes("@") && !value.includes(text)
              ? { value: text, label: t("mail_to", { email: text }), icon: <Mail size={14} /> }
              : null
          }
          onPick={(recipient) => onChange([...value, recipient])}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
