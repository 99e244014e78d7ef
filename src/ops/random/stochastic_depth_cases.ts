import { reference } from "../../kernels/random/dropout_channels.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { manualSeed } from "./random.ts";
import { type StochasticDepthMode, stochasticDepth } from "./stochastic_depth.ts";

/** The result after manualSeed(5), by the kernel that drops planes: one plane per sample, or one for all. */
const dropped = (
  name: string,
  shape: readonly number[],
  p: number,
  mode?: StochasticDepthMode,
): OpCase => ({
  name,
  inputs: [{ shape }],
  run: (x) => {
    manualSeed(5);
    return stochasticDepth(x, p, mode);
  },
  reference: ({ data }) => {
    const planes = mode === "batch" ? 1 : (shape[0] ?? 1);
    const x = { data, shape: [planes, 1, data.length / planes] };
    return reference({ x }, { p, seed: 5, offset: 0 }).y;
  },
  shape,
});

export const cases: OpCases = {
  stochasticDepth: [
    dropped("every sample by itself", [9, 2, 3, 2], 0.5),
    dropped("samples of one number", [7], 0.4, "row"),
    dropped("the whole batch", [3, 4], 0.3, "batch"),
    dropped("p 0 keeps all", [3, 4], 0),
    dropped("p 1 drops all", [3, 4], 1, "batch"),
  ],
};
