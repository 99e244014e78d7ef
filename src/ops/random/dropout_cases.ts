import type { HostTensor } from "../../kernels/kernel.ts";
import { reference as alphaReference } from "../../kernels/random/alpha_dropout.ts";
import { reference as channelsReference } from "../../kernels/random/dropout_channels.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCases } from "../op_case.ts";
import { alphaDropout, dropout1d, dropout2d, dropout3d } from "./dropout.ts";
import { manualSeed } from "./random.ts";

/** Options of the first random draw after manualSeed(5). */
const first = (p: number) => ({ p, seed: 5, offset: 0 });
const planes = (p: number) => (x: HostTensor) => channelsReference({ x }, first(p)).y;
const seeded = (run: (x: Tensor) => Tensor) => (x: Tensor) => {
  manualSeed(5);
  return run(x);
};

export const cases: OpCases = {
  dropout1d: [
    {
      name: "p 0.5",
      inputs: [{ shape: [3, 5, 7] }],
      run: seeded((x) => dropout1d(x)),
      reference: planes(0.5),
      shape: [3, 5, 7],
    },
  ],
  dropout2d: [
    {
      name: "p 0.3",
      inputs: [{ shape: [3, 5, 2, 3] }],
      run: seeded((x) => dropout2d(x, 0.3)),
      reference: planes(0.3),
      shape: [3, 5, 2, 3],
    },
    {
      name: "p 1",
      inputs: [{ shape: [1, 2, 2, 2] }],
      run: seeded((x) => dropout2d(x, 1)),
      reference: planes(1),
    },
  ],
  dropout3d: [
    {
      name: "p 0.25",
      inputs: [{ shape: [2, 3, 2, 2, 2] }],
      run: seeded((x) => dropout3d(x, 0.25)),
      reference: planes(0.25),
      shape: [2, 3, 2, 2, 2],
    },
  ],
  alphaDropout: [
    {
      name: "p 0.2",
      inputs: [{ shape: [5, 7] }],
      run: seeded((x) => alphaDropout(x, 0.2)),
      reference: (x) => alphaReference({ x }, first(0.2)).y,
      shape: [5, 7],
    },
  ],
};
