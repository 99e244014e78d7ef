import { describe, expect, test } from "vitest";
import type { Kind } from "../../../src/core/kinds.ts";
import { checkOptions } from "../../../src/core/signature.ts";
import * as kernels from "../../../src/kernels/index.ts";
import { allKernels } from "../../../src/testing/kernels.ts";
import { caseInputs } from "../../../src/testing/run_case.ts";
import { sharedDevice } from "../../support/shared_device.ts";

const device = await sharedDevice();
const proved = allKernels();

const { wgslLibrary: _, ...exported } = kernels;
const declared = Object.entries(exported).flatMap(([name, value]) => {
  if (typeof value === "function" || !("plan" in value)) return [];
  const module = proved.find(({ module: { kernel } }) => kernel.shader === value.shader)?.module;
  return module ? [{ name, kernel: value, known: value.options(), cases: module.cases }] : [];
});
type Declared = (typeof declared)[number];

const wrong: readonly unknown[] = [null, "text", 3.5, [1, "text"], { kind: "text" }, true];

/** The message with which `prepare` refuses the kernel with the shapes of its first case and these options. */
async function refusal({ kernel, cases }: Declared, options: object): Promise<string> {
  const [first] = cases;
  if (!first) throw new Error("a kernel without cases");
  const inputs = caseInputs(kernel as Parameters<typeof caseInputs>[0], first);
  const shapes = Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, t.shape]));
  const given = { ...(first.options as object), ...options };
  const call: Promise<unknown> = Reflect.apply(kernels.prepare, undefined, [
    device,
    kernel,
    shapes,
    given,
  ]);
  return call.then(
    () => "accepted",
    (error: unknown) => `${error}`,
  );
}

describe("the options of a single kernel", () => {
  test("are declared by every kernel, and take those of its cases", () => {
    expect(declared.length).toBe(proved.length);
    for (const { name, known, cases } of declared)
      for (const each of cases) checkOptions(name, (each.options ?? {}) as object, known);
  });

  test("of an unknown name are refused by every kernel", async () => {
    const found = await Promise.all(
      declared.map(async (each) => [each.name, await refusal(each, { qq: 1 })]),
    );
    const expected = /^ValueError: prepare: expected options .*, got 'qq'; leave it out/;
    expect(found.filter(([, message = ""]) => !expected.test(message))).toEqual([]);
  });

  test("of a wrong kind are refused by the name of the option", async () => {
    const faults: string[] = [];
    for (const each of declared) {
      for (const [option, kind] of Object.entries<Kind>(each.known)) {
        const value = wrong.find((value) => !kind.accepts(value));
        const message = await refusal(each, { [option]: value });
        if (
          !message.startsWith("ValueError: prepare: expected ") ||
          !message.includes(` as ${option}, got `)
        )
          faults.push(`${each.name} { ${option}: ${value} }: ${message}`);
      }
    }
    expect(faults).toEqual([]);
  });

  test("that are misspelt or missing say which is meant", async () => {
    const prepared = (options: object) =>
      Reflect.apply(kernels.prepare, undefined, [
        device,
        kernels.activate,
        { x: [4] },
        options,
      ]) as Promise<unknown>;
    await expect(prepared({ act: "relu", slop: 1 })).rejects.toThrow("did you mean 'slope'?");
    await expect(prepared({})).rejects.toThrow(/^prepare: expected "\w+".* as act, got nothing/);
    await expect(prepared({ act: "rely" })).rejects.toThrow(/ as act, got "rely"/);
  });
});
