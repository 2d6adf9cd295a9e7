import { AlarmClock, AlarmClockOff, CalendarClock } from "lucide-preact";
import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import { language, t } from "../../i18n";
import { Button } from "../../kit/button";
import { Dialog } from "../../kit/dialog";
import { TextField } from "../../kit/field";
import { type Option, Picker } from "../../kit/picker";
import { forField, presets } from "../store/snooze";

interface SnoozePickerProps {
  anchor: RefObject<HTMLElement | null>;
  /** Whether there is a snooze to end. */
  snoozed: boolean;
  /** The moment, or null to wake it up now. */
  onPick: (until: string | null) => void;
  onClose: () => void;
}

const OWN = "own";
const WAKE = "wake";

const when = (date: Date): string =>
  new Intl.DateTimeFormat(language.value, { weekday: "short", hour: "numeric", minute: "2-digit" }).format(
    date,
  );

/** Later today, tomorrow, next week, or a time of one's own. */
export default function SnoozePicker({ anchor, snoozed, onPick, onClose }: SnoozePickerProps) {
  const [own, setOwn] = useState(false);
  // The picker closes itself after a choice; this one leads on to a dialog.
  const leads = useRef(false);
  if (own) return <OwnTime onPick={onPick} onClose={onClose} />;
  const options: Option<string>[] = [
    ...presets(new Date()).map(([preset, date]) => ({
      value: date.toISOString(),
      label: t(`snooze_${preset}`),
      hint: when(date),
      icon: <AlarmClock size={15} aria-hidden="true" />,
    })),
    { value: OWN, label: t("snooze_own"), icon: <CalendarClock size={15} aria-hidden="true" /> },
    ...(snoozed
      ? [{ value: WAKE, label: t("snooze_end"), icon: <AlarmClockOff size={15} aria-hidden="true" /> }]
      : []),
  ];
  return (
    <Picker
      anchor={anchor}
      label={t("snooze")}
      options={options}
      onClose={() => !leads.current && onClose()}
      onPick={(value) => {
        if (value === OWN) {
          leads.current = true;
          setOwn(true);
        } else onPick(value === WAKE ? null : value);
      }}
    />
  );
}

function OwnTime({ onPick, onClose }: Pick<SnoozePickerProps, "onPick" | "onClose">) {
  const [text, setText] = useState(() => forField(new Date(Date.now() + 24 * 3_600_000)));
  const date = new Date(text);
  const right = date.getTime() > Date.now();
  return (
    <Dialog
      title={t("snooze_own")}
      onClose={onClose}
      footer={
        <Button
          variant="primary"
          disabled={!right}
          onClick={() => {
            onPick(date.toISOString());
            onClose();
          }}
        >
          {t("snooze")}
        </Button>
      }
    >
      <TextField label={t("snooze_until")} type="datetime-local" value={text} onText={setText} />
    </Dialog>
  );
}
