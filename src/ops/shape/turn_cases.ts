import { reference, type TurnOptions } from "../../kernels/shape/turn.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { flip, roll, rot90 } from "./turn.ts";

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

/** x[4, 5] rotated; `from` gives the position in x of row i and column j of the result. */
const quarter = (name: string, k: number, from: (i: number, j: number) => number[]): OpCase => {
  const [h, w] = k % 2 === 0 ? [4, 5] : [5, 4];
  return {
    name,
    inputs: [{ shape: [4, 5] }],
    run: (x) => rot90(x, k),
    reference: ({ data }) =>
      Float64Array.from({ length: 20 }, (_, e) => {
        const [i = 0, j = 0] = from(Math.floor(e / w), e % w);
        return data[5 * i + j] as number;
      }),
    shape: [h, w],
    tolerance: "exact",
  };
};

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
    {
      ...turned("labels of any size", [2, 3], (x) => flip(x, 1), { reversed: [false, true] }),
      inputs: [{ shape: [2, 3], dtype: "u32", fill: (i) => 2 ** 32 - 1 - i }],
      dtype: "u32",
    },
  ],
  rot90: [
    quarter("once", 1, (i, j) => [j, 4 - i]),
    quarter("twice", 2, (i, j) => [3 - i, 4 - j]),
    quarter("three times", 3, (i, j) => [3 - j, i]),
    quarter("back is three times", -1, (i, j) => [3 - j, i]),
    quarter("not at all", 4, (i, j) => [i, j]),
    {
      name: "the planes of images",
      inputs: [{ shape: [2, 3, 2, 2] }],
      run: (x) => rot90(x, 1, [2, -1]),
      reference: ({ data }) =>
        Float64Array.from(
          data,
          (_, i) => data[i - (i % 4) + ([1, 3, 0, 2][i % 4] as number)] as number,
        ),
      shape: [2, 3, 2, 2],
      tolerance: "exact",
    },
  ],
};
