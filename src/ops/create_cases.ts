import { size } from "../core/shape.ts";
import { reference as fillReference } from "../kernels/elementwise/fill.ts";
import { full, ones, zeros } from "./create.ts";
import type { OpCase, OpCases } from "./op_case.ts";

/** A matrix, a scalar and a tensor of nothing. */
function filled(run: (shape: readonly number[]) => ReturnType<typeof full>, value: number) {
  return [[3, 5], [], [2, 0]].map(
    (shape): OpCase => ({
      name: `[${shape.join(", ")}], ${size(shape)} elements`,
      inputs: [],
      run: () => run(shape),
      reference: () => fillReference({}, { shape, value }).y,
      shape,
      tolerance: "exact",
    }),
  );
}

export const cases: OpCases = {
  full: filled((shape) => full(shape, -2.5), -2.5),
  zeros: filled(zeros, 0),
  ones: filled(ones, 1),
};
