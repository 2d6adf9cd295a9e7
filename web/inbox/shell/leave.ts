import { unsent } from "../store/outbox";
import { overlay } from "../store/overlay";
import { signOut } from "../store/session";
import { tell } from "./failure";

/** Signs out; asks first when that would lose what was said here and has not gone out. */
export function leave(): void {
  if (unsent.peek().length > 0) overlay.value = "leaving";
  else void signOut().catch(tell);
}
