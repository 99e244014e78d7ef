import { describe, expect, test } from "vitest";
import type { KernelModule } from "../../../src/kernels/kernel.ts";
import { relu } from "../../../src/ops/index.ts";
import type { OpCase } from "../../../src/ops/op_case.ts";
import { allKernels } from "../../../src/testing/modules.ts";
import { measureRoofline, shareOfRoofline } from "../../../src/testing/roofline.ts";
import { reportCase } from "../../../src/testing/run_case.ts";
import { reportOpCase } from "../../../src/testing/run_op_case.ts";
import { initShared } from "../../support/shared_device.ts";

const { device } = (await initShared()).gpu;
const { module } = allKernels().find(({ name }) => name === "softmax/softmax") as {
  module: KernelModule;
};
const each = module.cases.find(({ name }) =>
  name.includes("row of 33"),
) as KernelModule["cases"][0];

/** The module with a reference that returns a changed first element. */
function spoilt(change: (y: number) => number): KernelModule {
  return {
    ...module,
    reference: (inputs, options) => {
      const { y } = module.reference(inputs, options) as { y: ArrayLike<number> };
      return { y: Array.from(y, (value, i) => (i === 0 ? change(value) : value)) };
    },
  };
}

describe("the report of a case", () => {
  test("says how far the result is, although it passes", async () => {
    const { defects, worst, elements } = await reportCase(device, module, each);
    expect(defects).toEqual([]);
    expect(elements).toBeGreaterThan(0);
    expect(worst.relative).toBeGreaterThan(0);
    expect(worst.relative).toBeLessThan(1e-5);
    expect(worst.ulp).toBeLessThan(100);
  });

  test("names a wrong reference and a NaN", async () => {
    const wrong = await reportCase(
      device,
      spoilt((y) => y + 0.25),
      each,
    );
    expect(wrong.defects.join()).toContain("1 of ");
    expect(wrong.worst.absolute).toBeCloseTo(0.25, 5);
    const nan = await reportCase(
      device,
      spoilt(() => Number.NaN),
      each,
    );
    expect(nan.defects.join()).toContain("expected NaN");
    expect(nan.worst.ulp).toBe(Infinity);
  });

  test("of an operation covers results and gradients", async () => {
    const test: OpCase = {
      name: "relu",
      inputs: [{ shape: [3, 5] }],
      run: relu,
      reference: (x) => Float64Array.from(x.data, (v) => Math.max(v, 0)),
    };
    expect(await reportOpCase(test)).toMatchObject({ defects: [], elements: 30 });
    const steep = await reportOpCase({
      ...test,
      reference: (x) => Float64Array.from(x.data, (v) => Math.max(v, 0) + 0.5 * v),
    });
    expect(steep.defects).toHaveLength(2);
    expect(steep.worst.absolute).toBeCloseTo(1, 1);
  });
});

describe("the roofline", () => {
  test("is what a copy and a multiply-add loop reach", async () => {
    const { bandwidth, gflops } = await measureRoofline(device, {
      rounds: 1,
      sampleMs: 1,
      timestamps: false,
    });
    expect(bandwidth).toBeGreaterThan(0.01);
    expect(gflops).toBeGreaterThan(0.01);
  });

  test("binds a kernel by what takes longer, bytes or operations", () => {
    const roofline = { bandwidth: 100, gflops: 1000, by: "clock" } as const;
    expect(shareOfRoofline({ bandwidth: 50, gflops: 100 }, roofline)).toEqual({
      share: 0.5,
      bound: "memory",
    });
    expect(shareOfRoofline({ bandwidth: 1, gflops: 900 }, roofline)).toEqual({
      share: 0.9,
      bound: "arithmetic",
    });
  });
});
