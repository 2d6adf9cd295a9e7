import { expect, test } from "vitest";
import { ApiError, Offline } from "../../api/errors";
import { firstOfEach, isFinal, isUncertain, type Outgoing, wait } from "./outgoing";

const ADA = 1;
const NOW = Date.UTC(2026, 0, 2);

const outgoing = (changes: Partial<Outgoing> = {}): Outgoing => ({
  id: "1",
  user: ADA,
  project: 1,
  ticket: "t",
  isNote: false,
  said: { message: "Hello", rich_content: null, attachment_ids: [] },
  attachments: [],
  after: null,
  isSaid: false,
  at: new Date(NOW).toISOString(),
  attempts: 0,
  refused: null,
  ...changes,
});

const refusal = (status: number, code = "invalid_input") => new ApiError(status, code, "No.", null, null);

test("what may succeed later is tried again", () => {
  for (const error of [
    new Offline(),
    refusal(500),
    refusal(429),
    refusal(401),
    refusal(409, "reply_in_progress"),
  ])
    expect(isFinal(error)).toBe(false);
});

test("what will never succeed is not tried again", () => {
  for (const error of [refusal(400), refusal(403), refusal(404), refusal(422)])
    expect(isFinal(error)).toBe(true);
});

test("each pause is longer than the one before, up to half a minute", () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(wait)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000]);
});

test("of each ticket the first goes first, and nobody sends what another user wrote", () => {
  const messages = [
    outgoing({ id: "a1", ticket: "a" }),
    outgoing({ id: "a2", ticket: "a" }),
    outgoing({ id: "b1", ticket: "b", refused: "No." }),
    outgoing({ id: "b2", ticket: "b" }),
    outgoing({ id: "c1", ticket: "c", user: 2 }),
  ];

  expect(firstOfEach(messages, ADA).map(({ id }) => id)).toEqual(["a1", "b2"]);
});

test("an attempt older than the server remembers is not repeated unasked", () => {
  const yesterday = new Date(NOW - 21 * 3_600_000).toISOString();

  expect(isUncertain(outgoing({ at: yesterday, attempts: 1 }), NOW)).toBe(true);
  expect(isUncertain(outgoing({ at: yesterday, attempts: 0 }), NOW)).toBe(false);
  expect(isUncertain(outgoing({ at: yesterday, attempts: 1, isSaid: true }), NOW)).toBe(false);
  expect(isUncertain(outgoing({ attempts: 9 }), NOW)).toBe(false);
});
