export const merging = {
  tags_placeholder: "Find or create a tag",
  merge_title: "Merge {number} into another ticket",
  merge_search: "Which ticket?",
  merge_search_hint: "Number, name or text",
  merge_into: "becomes a part of",
  merge_do: "Merge into {into}",
  merge_effect_resolved: "{number} is resolved and points to {into}.",
  merge_effect_stays: "No message moves: each customer goes on seeing only their own conversation.",
  merge_effect_back: "You can undo this at any time. It ends by itself when the customer writes again.",
  split_choose: "Choose messages",
  split_count: { one: "{count} message", other: "{count} messages" },
  split_do: "Split off",
} as const;
