import { expect, test, vi } from "vitest";
import { init } from "wgrad";
import "wgrad/data";
import "wgrad/io";
import "wgrad/kernels";
import "wgrad/loss";
import "wgrad/ml";
import "wgrad/nn";
import "wgrad/optim";
import "wgrad/testing";
import "wgrad/train";
import { lendSharedDevice } from "../../support/shared_device.ts";

await lendSharedDevice();

const at = "../../../.gen/examples/";
const programs = import.meta.glob("../../../.gen/examples/*.ts");
const texts = import.meta.glob<string>("../../../.gen/examples/*.ts", {
  ...{ query: "?raw", import: "default", eager: true },
});

/** A value as the comments of examples have it: four digits of numbers, brackets around the elements of what is a list. */
function shown(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(4)) + 0);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `[${Array.from(value as ArrayLike<unknown>, shown).join(", ")}]`;
  }
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).map(([name, each]) => `${name}: ${shown(each)}`);
  return `{ ${fields.join(", ")} }`;
}

/** What a program says that it prints, line by line: behind a print, or in lines of their own below. */
const promised = (text: string) =>
  [...text.matchAll(/^(?:.*console\.log\(.*\);\s*)?\/\/ (.*)$/gm)].map(([, line = ""]) => line);

test("at least 140 names have an example, and each prints something", () => {
  expect(Object.keys(programs).length).toBeGreaterThanOrEqual(140);
  const silent = Object.entries(texts).filter(([, text]) => promised(text).length === 0);
  expect(silent.map(([path]) => path)).toEqual([]);
});

test.each(Object.keys(programs).map((path) => path.replace(at, "")))(
  "%s prints what its comments say",
  async (name) => {
    await init();
    const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
    try {
      await programs[at + name]?.();
      const lines = print.mock.calls.map((values) => values.map(shown).join(" "));
      expect(lines).toEqual(promised(texts[at + name] ?? ""));
    } finally {
      print.mockRestore();
    }
  },
);
