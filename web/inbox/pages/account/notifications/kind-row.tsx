import { t } from "../../../../i18n";
import { chosen, type Kind, type Preferences, WAYS, type Way } from "./preferences";

interface KindRowProps {
  kind: Kind;
  mine: Preferences;
  onChange: (way: Way, on: boolean) => void;
}

export function KindRow({ kind, mine, onChange }: KindRowProps) {
  const what = t(`notify_${kind}`);
  return (
    <tr>
      <th scope="row">
        {what}
        <small>{t(`notify_${kind}_hint`)}</small>
      </th>
      {WAYS.map((way) => (
        <td key={way} class="switch">
          <input
            type="checkbox"
            role="switch"
            aria-label={t("notify_in", { what, where: t(`notify_${way}`) })}
            checked={chosen(mine, kind, way)}
            onChange={(e) => onChange(way, e.currentTarget.checked)}
          />
        </td>
      ))}
    </tr>
  );
}
