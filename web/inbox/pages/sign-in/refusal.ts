import { ApiError } from "../../../api/errors";
import { t } from "../../../i18n";
import { wording } from "../../shell/failure";

const A_MINUTE = 60;

/** Why one is not let in, in the words of these pages. */
export function refusal(error: unknown): string {
  if (error instanceof ApiError && error.status === 401) return t("sign_in_wrong");
  if (error instanceof ApiError && error.status === 429)
    return t("too_often", { count: error.retryAfter ?? A_MINUTE });
  return wording(error);
}
