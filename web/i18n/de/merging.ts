export const merging = {
  tags_placeholder: "Tag suchen oder anlegen",
  merge_title: "{number} mit einem anderen Ticket zusammenführen",
  merge_search: "Mit welchem Ticket?",
  merge_search_hint: "Nummer, Name oder Text",
  merge_into: "wird Teil von",
  merge_do: "Mit {into} zusammenführen",
  merge_effect_resolved: "{number} wird gelöst und verweist auf {into}.",
  merge_effect_stays: "Keine Nachricht zieht um: Jeder Kunde sieht weiterhin nur seine eigene Unterhaltung.",
  merge_effect_back:
    "Du kannst das jederzeit rückgängig machen. Es endet von selbst, wenn der Kunde wieder schreibt.",
  split_choose: "Wähle Nachrichten aus",
  split_count: { one: "{count} Nachricht", other: "{count} Nachrichten" },
  split_do: "Abtrennen",
};
