import { Pencil, Star, StarOff, Trash2 } from "lucide-preact";
import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { type Option, Picker } from "../../../../kit/picker";
import { toast } from "../../../../kit/toast";
import { go } from "../../../router";
import { tell } from "../../../shell/failure";
import { asked, hrefOfView } from "../../../store/asked";
import { change, create, remove } from "../../../store/view-edits";
import { storedView, type View } from "../../../store/views";
import ViewDialog from "./dialog";

interface ActionsProps {
  view: View;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

type Act = "favorite" | "edit" | "delete";

/** What can be done to a saved view. */
export default function ViewActions({ view, anchor, onClose }: ActionsProps) {
  const [editing, setEditing] = useState(false);
  if (editing) return <ViewDialog view={view} onClose={onClose} />;
  const Favorite = view.is_favorited ? StarOff : Star;
  const options: Option<Act>[] = [
    {
      value: "favorite",
      label: t(view.is_favorited ? "view_unfavorite" : "view_favorite"),
      icon: <Favorite size={15} aria-hidden="true" />,
    },
    { value: "edit", label: t("view_edit"), icon: <Pencil size={15} aria-hidden="true" /> },
    { value: "delete", label: t("view_delete"), icon: <Trash2 size={15} aria-hidden="true" /> },
  ];
  return (
    <Picker
      anchor={anchor}
      label={t("view_actions", { name: view.name })}
      options={options}
      multiple
      onClose={onClose}
      onPick={(act) => {
        if (act === "edit") return setEditing(true);
        onClose();
        if (act === "delete") void drop(view);
        else change(view.short_id, { is_favorited: !view.is_favorited }).catch(tell);
      }}
    />
  );
}

async function drop(view: View): Promise<void> {
  const stored = storedView(view.short_id);
  if (asked.peek().view === view.short_id) go(hrefOfView("open"));
  try {
    await remove(view.short_id);
  } catch (error) {
    return tell(error);
  }
  const again = async () => {
    if (!stored) return;
    const made = await create(view.name, view.visibility === "shared", stored);
    if (view.is_favorited) await change(made.short_id, { is_favorited: true });
  };
  toast(t("view_deleted", { name: view.name }), {
    action: { label: t("undo"), run: () => again().catch(tell) },
  });
}
