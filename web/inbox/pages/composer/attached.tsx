import { FileText, Image, LoaderCircle, X } from "lucide-preact";
import { t } from "../../../i18n";
import { IconButton } from "../../../kit/button";
import { draftOf } from "../../store/drafts";
import { sizeOf } from "../conversation/files";
import { uploadsOf } from "./uploads";
import { detach, ownerOf } from "./writing-state";

/** What goes along with the text, and what is still on its way here. */
export function Attached({ ticket, isNote }: { ticket: string; isNote: boolean }) {
  const files = draftOf(ticket, isNote).value.attachments;
  const coming = uploadsOf(ownerOf(ticket, isNote)).filter(({ isInline }) => !isInline);
  if (!files.length && !coming.length) return null;
  return (
    <ul class="attached" aria-label={t("attachments")}>
      {files.map((file) => (
        <li key={file.id}>
          {file.is_image ? <Image size={15} aria-hidden="true" /> : <FileText size={15} aria-hidden="true" />}
          <span class="truncate">{file.name}</span>
          <small>{sizeOf(file.size)}</small>
          <IconButton
            size="s"
            label={t("attachment_remove", { name: file.name })}
            onClick={() => detach(ticket, isNote, file.id)}
          >
            <X size={13} />
          </IconButton>
        </li>
      ))}
      {coming.map(({ id, name, cancel }) => (
        <li key={id} aria-busy="true">
          <LoaderCircle size={15} class="turning" aria-hidden="true" />
          <span class="truncate">{name}</span>
          <small>{t("uploading")}</small>
          <IconButton size="s" label={t("attachment_remove", { name })} onClick={cancel}>
            <X size={13} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
