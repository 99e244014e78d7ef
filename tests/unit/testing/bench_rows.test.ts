import { expect, test } from "vitest";
import { everyRow } from "../../../scripts/bench_rows.mjs";

/** Measures rows of which some break off as often as `breaks` says. */
async function measured(names: readonly string[], breaks: Readonly<Record<string, number>>) {
  const left = { ...breaks };
  const said: string[] = [];
  const printed: string[] = [];
  let mended = 0;
  const result = await everyRow(names, {
    async measure(name) {
      const times = left[name] ?? 0;
      left[name] = times - 1;
      if (times > 0 && name.startsWith("throws")) throw new Error("connection lost");
      return { name, error: times > 0 ? "module not fetched" : undefined };
    },
    broken: ({ error }) => error,
    again: async () => mended++,
    done: ({ name }) => printed.push(name),
    say: (text) => said.push(text),
  });
  return { ...result, said, printed, mended };
}

test("a row that breaks off is named and measured once more", async () => {
  const names = ["throws", "b", "c"];
  const { rows, lost, said, printed, mended } = await measured(names, { throws: 1, b: 1 });
  expect(rows.map(({ name, error }) => [name, error])).toEqual(
    names.map((name) => [name, undefined]),
  );
  expect([lost, printed, mended]).toEqual([[], names, 2]);
  expect(said.filter((each) => each.includes("once more"))).toEqual([
    "wgrad: throws broke off, and is measured once more: connection lost",
    "wgrad: b broke off, and is measured once more: module not fetched",
  ]);
});

test("a row that breaks off twice is named, and the rest are measured", async () => {
  const { rows, lost, said } = await measured(["throws", "b", "c"], { throws: 2, b: 2 });
  expect(rows.map(({ name }) => name)).toEqual(["b", "c"]);
  expect(lost).toEqual(["throws", "b"]);
  expect(said).toContain("wgrad: throws broke off twice: connection lost");
});
