export const composer = {
  reply: "رد",
  note: "ملاحظة",
  note_for_team: "لا يراها سوى فريقك",
  send: "إرسال",
  add_note: "إضافة ملاحظة",
  write_reply: "اكتب ردًا…",
  write_note: "اكتب ملاحظة، واذكر زميلًا بـ @ …",
};
