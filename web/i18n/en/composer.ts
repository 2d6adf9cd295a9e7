export const composer = {
  reply: "Reply",
  note: "Note",
  note_for_team: "Only your team sees this",
  send: "Send",
  add_note: "Add note",
  write_reply: "Write a reply …",
  write_note: "Write a note, @ mentions somebody …",
} as const;
