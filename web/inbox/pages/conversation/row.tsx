import type { Ticket } from "../../../api/types";
import { language, t } from "../../../i18n";
import { dates, spans } from "../../../i18n/formats";
import { Changes } from "./changes-row";
import type { Row } from "./rows";
import { SaidRow } from "./said";

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase(language.value) + text.slice(1);

function dayName(at: string): string {
  const day = new Date(at);
  const today = new Date();
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const ago = Math.round((midnight(today) - midnight(day)) / 86_400_000);
  if (ago < 2) return capital(spans({ numeric: "auto" }).format(-ago, "day"));
  const year = day.getFullYear() === today.getFullYear() ? undefined : "numeric";
  const weekday = ago < 7 ? "long" : "short";
  return dates({ weekday, day: "numeric", month: "long", year }).format(day);
}

interface RowProps {
  row: Row;
  ticket: Ticket;
  isLast: boolean;
}

export function RowOf({ row, ticket, isLast }: RowProps) {
  switch (row.kind) {
    case "day":
      return (
        <li class="day">
          <time dateTime={row.at}>{dayName(row.at)}</time>
        </li>
      );
    case "unread":
      return <li class="unread-line">{t("unread_from_here")}</li>;
    case "changes":
      return <Changes events={row.events} ticket={ticket} />;
    case "said":
      return <SaidRow row={row} ticket={ticket} isLast={isLast} />;
  }
}
