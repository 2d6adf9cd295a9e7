import { expect, test, vi } from "vitest";
import type { Macro } from "../../../api/macros";
import type { Ticket } from "../../../api/types";
import { changesOf, documentFor, filled, valuesFor } from "./macro";

vi.mock("../../store/session", () => ({
  nameOf: (user: { first_name: string; last_name: string }) => `${user.first_name} ${user.last_name}`,
}));

const ticket = {
  ticket_number: 7,
  status: "open",
  priority: "low",
  tags: ["vip"],
  assignee: { type: "user", id: 2 },
  anonymous_traits: { plan: "team" },
  email_subject: null,
  email_from: null,
  person: { properties: { name: "Cleo Castillo", email: "cleo@shop.example" } },
} as unknown as Ticket;
const ada = { first_name: "Ada", last_name: "Adams", email: "ada@example.org" };

test("variables are replaced, and unknown ones are left to be seen", () => {
  const text =
    "Hi {{customer.first_name}} ({{ person.properties.plan }}), #{{ticket.number}}. {{agent.first_name}} {{nobody}}";

  expect(filled(text, valuesFor(ticket, ada))).toBe("Hi Cleo (team), #7. Ada {{nobody}}");
});

test("an address is not used as a name", () => {
  const unknown = { ...ticket, person: null, email_from: "someone@shop.example" } as Ticket;

  expect(filled("Hi {{person.name}}!", valuesFor(unknown, ada))).toBe("Hi !");
});

test("variables in rich text are replaced, too", () => {
  const rich = {
    type: "doc",
    content: [{ type: "paragraph", content: [{ type: "text", text: "{{agent.name}}" }] }],
  };
  const macro = { content: "", rich_content: rich, actions: {} } as unknown as Macro;

  expect(JSON.stringify(documentFor(macro, ticket, ada))).toContain("Ada Adams");
  expect(documentFor({ ...macro, rich_content: null }, ticket, ada)).toBeNull();
});

test("only what the ticket is not already is changed", () => {
  expect(changesOf({ status: "open", priority: "high", tags: ["vip", "bug"] }, ticket)).toEqual({
    priority: "high",
    tags: ["bug"],
  });
  expect(changesOf({ assignee: { type: "user", id: 2 } }, ticket)).toEqual({});
  expect(changesOf({ assignee: { type: "role", id: "r" } }, ticket)).toEqual({
    assignee: { type: "role", id: "r" },
  });
});
