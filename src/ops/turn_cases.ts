import { reference, type TurnOptions } from "../kernels/shape/turn.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { OpCase, OpCases } from "./op_case.ts";
import { flip, roll } from "./turn.ts";

const turned = (
  name: string,
  shape: readonly number[],
  run: (x: Tensor) => Tensor,
  options: TurnOptions,
): OpCase => ({
  name,
  inputs: [{ shape }],
  run,
  reference: (x) => reference({ x }, options).y,
  shape,
  tolerance: "exact",
});

export const cases: OpCases = {
  roll: [
    turned("one axis", [4, 5], (x) => roll(x, 2, 1), { shifts: [0, 2] }),
    turned("back, over the end", [4, 5], (x) => roll(x, [-1, 7], [0, -1]), { shifts: [-1, 7] }),
    turned("one axis twice", [6], (x) => roll(x, [1, 2], [0, 0]), { shifts: [3] }),
    {
      ...turned("as one row", [2, 3], (x) => roll(x, 1), {}),
      reference: (x) => reference({ x: { data: x.data, shape: [6] } }, { shifts: [1] }).y,
    },
  ],
  flip: [
    turned("one axis", [4, 5], (x) => flip(x, -1), { reversed: [false, true] }),
    turned("two of three", [2, 3, 4], (x) => flip(x, [0, 2]), { reversed: [true, false, true] }),
  ],
};
