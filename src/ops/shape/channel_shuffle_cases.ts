import type { HostTensor } from "../../kernels/kernel.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { channelShuffle } from "./channel_shuffle.ts";

/** y[n, q·groups + g, s] = x[n, g·C/groups + q, s] */
function dealt({ shape: [n = 0, c = 0, ...plane], data }: HostTensor, groups: number) {
  const cells = plane.reduce((a, b) => a * b, 1);
  const y = new Float64Array(data.length);
  for (let i = 0; i < n; i++) {
    for (let to = 0; to < c; to++) {
      const from = (to % groups) * (c / groups) + Math.floor(to / groups);
      for (let s = 0; s < cells; s++) {
        y[(i * c + to) * cells + s] = data[(i * c + from) * cells + s] as number;
      }
    }
  }
  return y;
}

const shuffled = (name: string, shape: readonly number[], groups: number): OpCase => ({
  name,
  inputs: [{ shape }],
  run: (x) => channelShuffle(x, groups),
  reference: (x) => dealt(x, groups),
  shape,
  tolerance: "exact",
});

export const cases: OpCases = {
  channelShuffle: [
    shuffled("two groups of three, an image", [2, 6, 2, 3], 2),
    shuffled("three groups of two, a line", [1, 6, 5], 3),
    shuffled("one group leaves all", [2, 3, 2], 1),
    shuffled("as many groups as channels leave all", [2, 4, 2], 4),
  ],
};
