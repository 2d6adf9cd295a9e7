import { LockKeyhole } from "lucide-preact";
import { useEffect } from "preact/hooks";
import type { RichNode } from "../../../api/messages";
import type { Message, Ticket } from "../../../api/types";
import { t } from "../../../i18n";
import { Avatar } from "../../../kit/avatar";
import { clock, Time } from "../../../kit/time";
import { customerOf } from "../../store/customer";
import { inProject, me } from "../../store/session";
import { splitting, toggleSplit } from "../../store/splitting";
import { ticket as known, refresh } from "../../store/tickets";
import { Files } from "./files";
import { NoteActions, useNoteEditing } from "./note-actions";
import { OutgoingState } from "./outgoing-state";
import { Linkified, Rich } from "./rich";
import type { Row, Said } from "./rows";
import { shownInside } from "./shown-inside";
import "./said.css";

type Group = Extract<Row, { kind: "said" }>;

/** What one person said in a row. */
export function SaidRow({ row, ticket, isLast }: { row: Group; ticket: Ticket; isLast: boolean }) {
  const name = row.side === "customer" && !row.from ? customerOf(ticket) : row.author;
  return (
    <li class={`said ${row.side}`}>
      <Avatar name={name} />
      <div class="said-group">
        <p class="said-by">
          {row.side === "note" && (
            <span class="note-label">
              <LockKeyhole size={12} aria-hidden="true" />
              {t("private_note")}
            </span>
          )}
          <strong>{name}</strong>
          <Time at={row.at} how={clock} />
          {row.from && <From ticket={row.from} />}
        </p>
        {row.messages.map((said) => (
          <SaidMessage key={said.key} said={said} ticket={ticket.id} isForeign={row.from !== null} />
        ))}
        {isLast && row.side === "team" && isSeen(ticket, row) && <p class="said-state">{t("seen")}</p>}
      </div>
    </li>
  );
}

/** Each customer reads their own ticket alone: the team should see whose this is. */
function From({ ticket }: { ticket: string }) {
  const found = known(ticket)?.value;
  useEffect(() => {
    if (!found) refresh(ticket);
  }, [ticket]);
  const number = found ? `#${found.ticket_number}` : "…";
  return <a href={inProject(`tickets/${found?.ticket_number ?? ticket}`)}>{t("from_ticket", { number })}</a>;
}

const isSeen = (ticket: Ticket, row: Group): boolean =>
  ticket.channel_source === "widget" &&
  ticket.unread_customer_count === 0 &&
  row.messages.every(({ outgoing }) => outgoing === null);

interface MessageProps {
  said: Said;
  ticket: string;
  isForeign: boolean;
}

function SaidMessage({ said, ticket, isForeign }: MessageProps) {
  const { message, outgoing } = said;
  const editing = useNoteEditing(ticket, message);
  const isOwnNote = message.is_private && !outgoing && message.author_email === me.value?.email;
  const isSplitting = splitting.value?.ticket === ticket && !outgoing && !isForeign;
  if (editing.editor) return editing.editor;
  return (
    <article class="said-message" data-message={message.id} data-outgoing={outgoing ? "" : undefined}>
      <div class="said-bubble">
        {isSplitting && <Chosen message={message.id} />}
        <Content message={message} />
        {message.version > 0 && <small class="said-edited">{t("edited")}</small>}
        {isOwnNote && <NoteActions ticket={ticket} note={message} onEdit={editing.begin} />}
      </div>
      {outgoing && <OutgoingState outgoing={outgoing} />}
    </article>
  );
}

/** While messages are chosen that become a ticket of their own. */
function Chosen({ message }: { message: string }) {
  return (
    <label class="said-chosen">
      <input
        type="checkbox"
        checked={splitting.value?.messages.has(message) ?? false}
        onChange={() => toggleSplit(message)}
      />
      <span class="sr-only">{t("split_message")}</span>
    </label>
  );
}

function Content({ message }: { message: Message }) {
  const document = message.rich_content as RichNode | null;
  const inside = document ? shownInside(document) : new Set<string>();
  const files = message.attachments.filter(
    ({ id, url }) => !inside.has(url) && !inside.has(`attachment:${id}`),
  );
  return (
    <>
      {document ? (
        <Rich document={document} attachments={message.attachments} />
      ) : (
        message.content && (
          <p class="plain" dir="auto">
            <Linkified text={message.content} />
          </p>
        )
      )}
      <Files files={files} />
    </>
  );
}
