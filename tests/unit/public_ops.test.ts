import { describe, expect, test } from "vitest";
import * as kernels from "../../src/kernels/index.ts";
import * as losses from "../../src/loss/index.ts";
import * as ops from "../../src/ops/index.ts";
import type { OpCases } from "../../src/ops/op_case.ts";
import { kernelModule } from "../../src/testing/run_case.ts";

const files = import.meta.glob<{ cases: OpCases }>("../../src/{ops,loss}/*_cases.ts", {
  eager: true,
});
const modules = import.meta.glob<Record<string, unknown>>("../../src/kernels/*/*.ts", {
  eager: true,
});

/** Exported functions that are no operations, and why. */
const notOperations: Readonly<Record<string, string>> = {
  manualSeed: "sets where random numbers begin and makes no tensor",
};

const operations = Object.entries({ ...ops, ...losses })
  .filter(([, value]) => typeof value === "function")
  .map(([name]) => name);
const covered = Object.values(files).flatMap(({ cases }) =>
  Object.entries(cases).flatMap(([name, list]) => (list.length ? [name] : [])),
);

/** Fails with the offending names and what to do about them. */
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
    const names = Object.values(files).flatMap(({ cases }) =>
      Object.entries(cases).flatMap(([op, list]) => list.map(({ name }) => `${op}: ${name}`)),
    );
    none(
      names.filter((name, i) => names.indexOf(name) !== i),
      "a name must be enough to run a case alone",
    );
  });

  test("every kernel is exported by a module with cases", () => {
    const proved = Object.values(modules).flatMap((exports) => kernelModule(exports) ?? []);
    const isKernel = (value: unknown) =>
      typeof value === "object" && value !== null && "shader" in value && "plan" in value;
    const unproved = Object.entries(kernels).filter(
      ([, value]) => isKernel(value) && !proved.some((module) => module.kernel === value),
    );
    none(
      unproved.map(([name]) => name),
      "export kernel, reference and cases from one module",
    );
    none(
      proved.filter(({ cases }) => cases.length === 0).map(({ kernel }) => kernel.shader.path),
      "write cases, hostile ones first",
    );
  });

  test("every kernel with cases is exported by src/kernels/index.ts", () => {
    const exported: readonly unknown[] = Object.values(kernels);
    none(
      Object.entries(modules).flatMap(([path, exports]) => {
        const { kernel } = kernelModule(exports) ?? {};
        return kernel && !exported.includes(kernel) ? [path] : [];
      }),
      "export it there under a clear name",
    );
  });
});
