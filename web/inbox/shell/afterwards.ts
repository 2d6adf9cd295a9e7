import { speakLate } from "../../i18n";

/** What can wait until the first page stands: nobody who presses a key should wait for what it opens. */
export function fetchWhatKeysCall(): void {
  // Without a line it is fetched when it is called.
  const fetch = () =>
    void Promise.allSettled([
      speakLate(),
      import("../pages/actions/menus"),
      import("../pages/palette/palette"),
    ]);
  if ("requestIdleCallback" in globalThis) requestIdleCallback(fetch);
  else setTimeout(fetch, 1_000);
}
