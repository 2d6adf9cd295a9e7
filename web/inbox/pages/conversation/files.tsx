import { FileText } from "lucide-preact";
import { useState } from "preact/hooks";
import type { Attachment } from "../../../api/types";
import { language, t } from "../../../i18n";
import { lazily } from "../../shell/lazily";
import "./files.css";

const LargePicture = lazily(() => import("./large-picture"));

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

export function sizeOf(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  const value = bytes / 1_000 ** power;
  const options = {
    style: "unit",
    unit: UNITS[power],
    unitDisplay: "short",
    maximumFractionDigits: value < 10 ? 1 : 0,
  };
  return new Intl.NumberFormat(language.value, options as Intl.NumberFormatOptions).format(value);
}

/** An image of ours; a press opens it large. */
export function Picture({ file, alt = "" }: { file: Attachment; alt?: string }) {
  const [isOpen, setOpen] = useState(false);
  const name = alt || file.name;
  return (
    <>
      <button
        type="button"
        class="picture"
        aria-label={t("open_picture", { name })}
        onClick={() => setOpen(true)}
      >
        <img src={file.url} alt={name} loading="lazy" decoding="async" />
      </button>
      {isOpen && <LargePicture url={file.url} name={name} onClose={() => setOpen(false)} />}
    </>
  );
}

/** What is attached and not shown in the text already. */
export function Files({ files }: { files: Attachment[] }) {
  if (!files.length) return null;
  return (
    <ul class="files">
      {files.map((file) => (
        <li key={file.id}>{file.is_image ? <Picture file={file} /> : <File file={file} />}</li>
      ))}
    </ul>
  );
}

function File({ file }: { file: Attachment }) {
  return (
    <a class="file" href={file.url} target="_blank" rel="noopener noreferrer" download={file.name}>
      <FileText size={18} strokeWidth={1.5} aria-hidden="true" />
      <span class="truncate">{file.name}</span>
      <small>{sizeOf(file.size)}</small>
    </a>
  );
}
