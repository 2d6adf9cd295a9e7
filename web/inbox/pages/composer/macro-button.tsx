import { Zap } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../../i18n";
import { IconButton } from "../../../kit/button";
import { Picker } from "../../../kit/picker";
import { loadMacros, macros } from "../../store/macros";

/** All macros, by hand; `/` at the start of a line offers the same. */
export function MacroButton({ onPick }: { onPick: (id: string) => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => void loadMacros(), []);
  return (
    <>
      <IconButton
        element={button}
        size="s"
        label={t("macros_insert")}
        keys="/"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Zap size={15} />
      </IconButton>
      {isOpen && (
        <Picker
          anchor={button}
          label={t("macros_insert")}
          options={macros.value.map((macro) => ({
            value: macro.short_id,
            label: macro.name,
            hint: macro.description,
            group: t(macro.visibility === "team" ? "macros_team" : "macros_own"),
          }))}
          onPick={onPick}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
