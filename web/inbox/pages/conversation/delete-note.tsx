import type { Message } from "../../../api/types";
import { t } from "../../../i18n";
import { Confirm } from "../../../kit/confirm";
import { tell } from "../../shell/failure";
import { removeNote } from "../../store/thread";

interface DeleteNoteProps {
  ticket: string;
  note: Message;
  onClose: () => void;
}

export default function DeleteNote({ ticket, note, onClose }: DeleteNoteProps) {
  return (
    <Confirm
      title={t("note_delete_title")}
      action={t("delete")}
      run={() => removeNote(ticket, note)}
      onClose={onClose}
      onError={tell}
    >
      {t("note_delete_text")}
    </Confirm>
  );
}
