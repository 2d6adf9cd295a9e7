import { expect, test } from "vitest";
import { deviceOf, isHandheld } from "./device";

const SAFARI =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
const EDGE =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0";
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";

test("browsers are told apart although they name one another", () => {
  expect(deviceOf(SAFARI)).toEqual({ browser: "Safari", system: "iOS" });
  expect(deviceOf(EDGE)).toEqual({ browser: "Edge", system: "Windows" });
  expect(deviceOf(FIREFOX)).toEqual({ browser: "Firefox", system: "Linux" });
});

test("what says nothing of itself stays unknown", () => {
  expect(deviceOf("curl/8.10")).toEqual({ browser: undefined, system: undefined });
});

test("phones are phones", () => {
  expect([SAFARI, EDGE].map(isHandheld)).toEqual([true, false]);
});
