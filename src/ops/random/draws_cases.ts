import { reference as integersReference } from "../../kernels/random/integers.ts";
import { reference as pickReference } from "../../kernels/random/pick.ts";
import { reference as uniformReference } from "../../kernels/random/uniform.ts";
import { reference as scanReference } from "../../kernels/scan/columns.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { multinomial, randint, randperm } from "./draws.ts";
import { manualSeed } from "./random.ts";

const stream = { seed: 5, offset: 0 };

const seeded = (
  name: string,
  inputs: OpCase["inputs"],
  run: (...inputs: Tensor[]) => Tensor,
  reference: OpCase["reference"],
  shape: readonly number[],
): OpCase => ({
  name,
  inputs,
  run: (...given) => {
    manualSeed(stream.seed);
    return run(...given);
  },
  reference,
  shape,
  tolerance: "exact",
});

/** u32 bits as i32. */
const signed = (values: ArrayLike<number>) => Int32Array.from(values, (value) => value | 0);

/** 0 … n − 1 sorted by their keys; equal keys by number. */
const sorted = (keys: ArrayLike<number>, sign = 1) =>
  Array.from({ length: keys.length }, (_, i) => i).sort(
    (a, b) => sign * ((keys[a] as number) - (keys[b] as number)) || a - b,
  );

const weights = (...shape: number[]) => ({
  shape,
  fill: (i: number) => (i % 4 === 1 ? 0 : 1 + (i % 5)),
  grad: false,
});

export const cases: OpCases = {
  randint: [
    seeded(
      "a die",
      [],
      () => randint(1, 7, [7, 9]),
      () => integersReference({}, { ...stream, shape: [7, 9], low: 1, high: 7 }).y,
      [7, 9],
    ),
    seeded(
      "below 0",
      [],
      () => randint(-4, 3, [50]),
      () => signed(integersReference({}, { ...stream, shape: [50], low: -4, high: 3 }).y),
      [50],
    ),
    seeded(
      "all of u32",
      [],
      () => randint(0, 2 ** 32, [20], { dtype: "u32" }),
      () => integersReference({}, { ...stream, shape: [20], low: 0, high: 2 ** 32 }).y,
      [20],
    ),
  ],
  randperm: [7, 1500].map((n) =>
    seeded(
      `${n} numbers`,
      [],
      () => randperm(n),
      () => sorted(integersReference({}, { ...stream, shape: [n], low: 0, high: 2 ** 32 }).y),
      [n],
    ),
  ),
  multinomial: [
    seeded(
      "with replacement",
      [weights(3, 9)],
      (x) => multinomial(x, 40, { replacement: true }),
      (x) => {
        const sums = { shape: x.shape, data: scanReference({ x }, { axis: -1 }).y };
        return pickReference({ weights: x, sums }, { ...stream, samples: 40 }).index;
      },
      [3, 40],
    ),
    seeded(
      "without replacement, a vector",
      [weights(12)],
      (x) => multinomial(x, 5),
      (x) => {
        const u = uniformReference({}, { ...stream, shape: x.shape }).y;
        const keys = Array.from(
          x.data,
          (w, i) => w / Math.max(-Math.log1p(-(u[i] as number)), 2 ** -25),
        );
        return sorted(keys, -1).slice(0, 5);
      },
      [5],
    ),
  ],
};
