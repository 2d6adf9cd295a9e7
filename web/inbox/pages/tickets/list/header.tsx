import { ArrowDownUp, Filter, PanelLeft } from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { IconButton } from "../../../../kit/button";
import { useCommands } from "../../../keyboard/commands";
import { late } from "../../../shell/lazily";
import { asked } from "../../../store/asked";
import { DEFAULT_ORDER } from "../../../store/filters";
import { listing } from "../../../store/list";
import { viewsFit, viewsOpen } from "../../../store/panes";
import "./header.css";
import { SearchField } from "./search";
import { chips, filterMenu, orderMenu } from "./soon";
import { titleOf } from "./title";

const Chips = late(chips);
const FilterMenu = late(filterMenu);
const OrderMenu = late(orderMenu);

/** Which list this is, and how to ask for another. */
export function ListHeader() {
  const wanted = asked.value;
  return (
    <header class="list-header">
      <div class="list-title">
        {!viewsFit.value && (
          <IconButton label={t("show_views")} onClick={() => (viewsOpen.value = true)}>
            <PanelLeft size={17} class="mirrored" aria-hidden="true" />
          </IconButton>
        )}
        <h1 class="truncate">{titleOf(wanted)}</h1>
        {wanted.view && wanted.edited && <span class="list-edited">{t("view_edited")}</span>}
        <Count />
        <Tools />
      </div>
      <SearchField />
      {wanted.edited && <Chips />}
    </header>
  );
}

function Count() {
  const shown = listing.value;
  if (!shown) return null;
  const { count, exact } = shown;
  const text = exact ? t("ticket_count", { count }) : t("count_about", { count });
  return <span class="list-count">{text}</span>;
}

function Tools() {
  const filter = useRef<HTMLButtonElement>(null);
  const order = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<"filter" | "order" | null>(null);
  const close = (menu: "filter" | "order") => () => setOpen((now) => (now === menu ? null : now));
  useCommands([
    {
      id: "list.filter",
      title: "filter",
      group: "list",
      icon: Filter,
      keys: ["f"],
      run: () => setOpen("filter"),
    },
    { id: "list.order", title: "order", group: "list", icon: ArrowDownUp, run: () => setOpen("order") },
  ]);
  return (
    <div class="list-tools">
      <IconButton
        element={filter}
        label={t("filter")}
        keys="f"
        aria-haspopup="dialog"
        aria-expanded={open === "filter"}
        onClick={() => setOpen("filter")}
      >
        <Filter size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        element={order}
        label={t("order")}
        aria-haspopup="dialog"
        aria-expanded={open === "order"}
        aria-pressed={asked.value.order !== DEFAULT_ORDER}
        onClick={() => setOpen("order")}
      >
        <ArrowDownUp size={16} aria-hidden="true" />
      </IconButton>
      {open === "filter" && <FilterMenu anchor={filter} onClose={close("filter")} />}
      {open === "order" && <OrderMenu anchor={order} onClose={close("order")} />}
    </div>
  );
}
