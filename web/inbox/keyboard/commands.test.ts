import { expect, test, vi } from "vitest";

vi.mock("../../i18n", () => ({ t: (key: string) => key }));

const { commands, offer, run } = await import("./commands");
const command = (id: string, run = () => {}) => ({ id, title: "close", group: "app", run }) as const;

test("what is offered last stands last, also when it was offered before", () => {
  const ends = [offer([command("a"), command("b")]), offer([command("a")])];
  expect([...commands.value.keys()]).toEqual(["b", "a"]);
  for (const end of ends) end();
  expect(commands.value.size).toBe(0);
});

test("what was shadowed is there again afterwards", () => {
  const [page, dialog] = [vi.fn(), vi.fn()];
  offer([command("save", page)]);
  const end = offer([command("save", dialog)]);
  run("save");
  end();
  run("save");
  expect([page.mock.calls.length, dialog.mock.calls.length]).toEqual([1, 1]);
});

test("what makes no sense now does not run", () => {
  const run_ = vi.fn();
  offer([{ ...command("never", run_), when: () => false }]);
  run("never");
  expect(run_).not.toHaveBeenCalled();
});
