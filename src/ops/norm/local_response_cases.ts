import { type LocalResponseOptions, reference } from "../../kernels/norm/local_response.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { localResponseNorm } from "./local_response.ts";

const local = (
  name: string,
  shape: readonly number[],
  { size, ...rest }: LocalResponseOptions,
): OpCase => ({
  name,
  inputs: [{ shape }],
  run: (x) => localResponseNorm(x, size, rest),
  reference: (x) => reference({ x }, { size, ...rest }).y,
  shape,
  tolerance: { atol: 1e-6, rtol: 2e-6 },
});

export const cases: OpCases = {
  localResponseNorm: [
    local("PyTorch's defaults", [2, 7, 3], { size: 5 }),
    local("an even size", [2, 5, 2, 2], { size: 4, alpha: 1 }),
    local("wider than there are channels, k 2, beta 0.5", [1, 3, 4], {
      ...{ size: 9, alpha: 2, beta: 0.5, k: 2 },
    }),
  ],
};
