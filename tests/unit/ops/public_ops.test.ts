import { describe, expect, test } from "vitest";
import * as kernels from "../../../src/kernels/index.ts";
import * as losses from "../../../src/loss/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { allKernels, allOps } from "../../../src/testing/modules.ts";

const proved = allKernels();
const opCases = allOps();

/** Exported functions that are not operations, and why. */
const notOperations: Readonly<Record<string, string>> = {
  manualSeed: "sets where random numbers begin and makes no tensor",
  randomState: "says where random numbers are and makes no tensor",
  setRandomState: "sets where random numbers go on and makes no tensor",
};

const operations = Object.entries({ ...ops, ...losses })
  .filter(([, value]) => typeof value === "function")
  .map(([name]) => name);
const covered = opCases.flatMap(({ name, cases }) => (cases.length ? [name] : []));

/** Fails with the offending names and the advice. */
function none(offenders: readonly string[], advice: string): void {
  expect(offenders.join("\n"), advice).toBe("");
}

describe("nothing public is without a case:", () => {
  test("every operation has op cases", () => {
    none(
      operations.filter((name) => !covered.includes(name) && !(name in notOperations)),
      "write cases in a *_cases.ts beside it, with a float64 reference, before exporting it",
    );
  });

  test("op cases are filed under the name of an operation", () => {
    none(
      [...covered, ...Object.keys(notOperations)].filter((name) => !operations.includes(name)),
      "export the operation from src/ops/index.ts or src/loss/index.ts, or correct the name",
    );
  });

  test("cases of an operation have names of their own", () => {
    const names = opCases.flatMap((op) => op.cases.map(({ name }) => `${op.name}: ${name}`));
    none(
      names.filter((name, i) => names.indexOf(name) !== i),
      "a name must be enough to run a case alone",
    );
  });

  test("every kernel is exported by a module with cases", () => {
    const unproved = Object.entries(kernels).filter(
      ([, value]) =>
        "plan" in value && !proved.some(({ module }) => module.kernel.shader === value.shader),
    );
    none(
      unproved.map(([name]) => name),
      "export kernel, reference and cases from one module",
    );
    none(
      proved.filter(({ module }) => module.cases.length === 0).map(({ name }) => name),
      "write cases, hostile ones first",
    );
  });

  test("every kernel with cases is exported by src/kernels/index.ts", () => {
    const exported: readonly unknown[] = Object.values(kernels).flatMap((value) =>
      "plan" in value ? [value.shader] : [],
    );
    none(
      proved
        .filter(({ module }) => !exported.includes(module.kernel.shader))
        .map(({ name }) => name),
      "export it there under a clear name",
    );
  });
});
