import { X } from "lucide-preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { Button } from "../../../../kit/button";
import { toast } from "../../../../kit/toast";
import { go } from "../../../router";
import { tell } from "../../../shell/failure";
import { asked, hrefOfView, setFilter, setFilters } from "../../../store/asked";
import type { Filter } from "../../../store/filters";
import { mayWrite } from "../../../store/session";
import { changeFilters } from "../../../store/view-edits";
import { viewOf } from "../../../store/views";
import ViewDialog from "../views/dialog";
import "./chips.css";
import { KINDS, summary, titleOfFilter } from "./kinds";
import { FilterValue } from "./value";

/** Each filter as a chip to change or take away, and the way to keep them as a view. */
export default function Chips() {
  const { filters } = asked.value;
  const names = (Object.keys(KINDS) as Filter[]).filter((name) => filters[name]);
  return (
    <div class="chips" role="group" aria-label={t("filters")}>
      {names.map((name) => (
        <Chip key={name} name={name} value={filters[name] ?? ""} />
      ))}
      <Button size="s" variant="quiet" onClick={() => setFilters({})}>
        {t("clear_filters")}
      </Button>
      {mayWrite.value && <Keep />}
    </div>
  );
}

function Chip({ name, value }: { name: Filter; value: string }) {
  const chip = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const { icon: Icon } = KINDS[name];
  const title = titleOfFilter(name);
  const text = summary(name, value);
  return (
    <span class="chip">
      <button
        ref={chip}
        type="button"
        class="chip-text"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <Icon size={13} aria-hidden="true" />
        <span class="chip-name">{title}</span> <span class="truncate">{text}</span>
      </button>
      <button
        type="button"
        class="chip-remove"
        aria-label={t("filter_remove", { name: title })}
        onClick={() => setFilter(name, "")}
      >
        <X size={13} aria-hidden="true" />
      </button>
      {open && <FilterValue name={name} anchor={chip} onClose={() => setOpen(false)} />}
    </span>
  );
}

/** Keeps the filters: as a new view, or in the view one came from. */
function Keep() {
  const [naming, setNaming] = useState(false);
  const { view, filters, search, order } = asked.value;
  const from = view ? viewOf(view) : undefined;
  const update = (shortId: string) =>
    changeFilters(shortId, { filters, search, order }).then(() => {
      go(hrefOfView(shortId), { replace: true });
      toast(t("view_updated"));
    }, tell);
  return (
    <>
      {from && (
        <>
          <Button size="s" variant="quiet" onClick={() => void update(from.short_id)}>
            {t("view_update")}
          </Button>
          <Button size="s" variant="quiet" onClick={() => go(hrefOfView(from.short_id))}>
            {t("view_reset")}
          </Button>
        </>
      )}
      <Button size="s" variant="quiet" onClick={() => setNaming(true)}>
        {t("view_new")}
      </Button>
      {naming && <ViewDialog onClose={() => setNaming(false)} />}
    </>
  );
}
