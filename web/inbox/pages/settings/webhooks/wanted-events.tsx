import { t } from "../../../../i18n";
import { CheckList } from "../../../../kit/check-list";
import { Switch } from "../../../../kit/field";
import { Segments } from "../../../../kit/segments";
import { typesFor } from "./event-types";

export interface Wanted {
  event_types: string[];
  public_only: boolean;
}

interface WantedEventsProps {
  value: Wanted;
  error: string | null;
  onChange: (value: Partial<Wanted>) => void;
}

/** Everything, or some kinds of events; notes only if somebody wants them. */
export function WantedEvents({ value: { event_types, public_only }, error, onChange }: WantedEventsProps) {
  const some = event_types.length > 0;
  return (
    <>
      <div class="field">
        <span class="field-label">{t("webhook_events")}</span>
        <Segments
          label={t("webhook_events")}
          value={some ? "some" : "all"}
          options={[
            ["all", t("webhook_all_events")],
            ["some", t("webhook_some_events")],
          ]}
          onPick={(way) => onChange({ event_types: way === "all" ? [] : ["message.received"] })}
        />
        {some && (
          <CheckList
            mono
            label={t("webhook_events")}
            options={typesFor(public_only).map((type) => [type, type] as const)}
            value={event_types}
            onChange={(types) => onChange({ event_types: types })}
          />
        )}
        {error && (
          <p class="wrong" role="alert">
            {error}
          </p>
        )}
      </div>
      <Switch
        label={t("webhook_notes")}
        hint={t("webhook_notes_hint")}
        checked={!public_only}
        onChange={(on) =>
          onChange({
            public_only: !on,
            ...(!on && { event_types: event_types.filter((type) => !type.startsWith("note.")) }),
          })
        }
      />
    </>
  );
}
