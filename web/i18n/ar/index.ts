import type { Catalogue } from "..";
import { actions } from "./actions";
import { common } from "./common";
import { composer } from "./composer";
import { conversation } from "./conversation";
import { list } from "./list";

export const ar: Catalogue = {
  ...common,
  ...list,
  ...conversation,
  ...composer,
  ...actions,
};
