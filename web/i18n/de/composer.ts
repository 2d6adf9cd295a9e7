export const composer = {
  reply: "Antwort",
  note: "Notiz",
  note_for_team: "Das sieht nur dein Team",
  send: "Senden",
  add_note: "Notiz anlegen",
  write_reply: "Antwort schreiben …",
  write_note: "Notiz schreiben, @ erwähnt jemanden …",
};
