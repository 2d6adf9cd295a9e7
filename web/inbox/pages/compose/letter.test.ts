import { expect, test } from "vitest";
import { isAddress, tagsIn } from "../../store/composing";
import { letterOf, wayOf } from "./letter";

const ada = { name: "Ada", email: "ada@shop.example", distinctId: "ada-1" };
const written = { to: ada, way: "email", subject: " Hi ", message: " Hello ", tags: "" } as const;

test("by e-mail, if the server mails and they have an address", () => {
  expect(wayOf(written, true)).toBe("email");
  expect(wayOf(written, false)).toBe("widget");
  expect(wayOf({ ...written, to: { ...ada, email: "" } }, true)).toBe("widget");
});

test("as one wants, if both are possible", () => {
  expect(wayOf({ ...written, way: "widget" }, true)).toBe("widget");
});

test("an address alone is not reached without mail", () => {
  expect(wayOf({ ...written, to: { ...ada, distinctId: "" } }, false)).toBeNull();
  expect(wayOf({ ...written, to: null }, true)).toBeNull();
});

test("the widget needs no subject and no address", () => {
  expect(letterOf({ ...written, tags: "VIP" }, "widget")).toEqual({
    message: "Hello",
    tags: ["vip"],
    recipient_distinct_id: "ada-1",
  });
  expect(letterOf(written, "email")).toMatchObject({
    recipient_email: "ada@shop.example",
    email_subject: "Hi",
  });
});

test("tags and addresses as they are typed", () => {
  expect(tagsIn(" VIP, billing,, vip ")).toEqual(["vip", "billing"]);
  expect(isAddress(" a@b.example ")).toBe(true);
  expect(isAddress("Ada <a@b.example>")).toBe(false);
});
