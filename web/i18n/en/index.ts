import { actions } from "./actions";
import { common } from "./common";
import { composer } from "./composer";
import { conversation } from "./conversation";
import { list } from "./list";

export const en = {
  ...common,
  ...list,
  ...conversation,
  ...composer,
  ...actions,
} as const;
