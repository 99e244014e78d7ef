import type { HostTensor } from "../../kernels/kernel.ts";
import { aboutAxis } from "../../kernels/scan/scan.ts";
import { reference as takeReference } from "../../kernels/sort/take.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { argsort, type SortOptions, sort, type TopkOptions, topk } from "./sort.ts";

/** −1, 0 or 1: NaN greater than everything and equal to itself, −0 equal to 0. */
function order(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Values and indices of the first k elements of every row, by a stable sort on the host. */
function sorted(x: HostTensor, k: number, { axis = -1, descending = false }: SortOptions) {
  const { length, inner, rows } = aboutAxis("sort", x.shape, axis);
  const ids: number[] = [];
  for (let row = 0; row < rows; row++) {
    const base = Math.floor(row / inner) * length * inner + (row % inner);
    const at = (j: number) => x.data[base + j * inner] as number;
    const all = Array.from({ length }, (_, j) => j);
    ids.push(
      ...all.sort((i, j) => (descending ? order(at(j), at(i)) : order(at(i), at(j)))).slice(0, k),
    );
  }
  const { values, indices } = takeReference(
    { x, ids: { shape: [rows, k], data: ids } },
    { axis, k },
  );
  return [Float64Array.from(values), Float64Array.from(indices)];
}

const pair = ({ values, indices }: { values: Tensor; indices: Tensor }) => [values, indices];

interface Input {
  readonly shape: readonly number[];
  readonly fill?: (i: number, random: () => number) => number;
  readonly grad?: boolean;
}

const sorting = (name: string, input: Input, options: SortOptions = {}): OpCase => ({
  name,
  inputs: [input],
  run: (x) => pair(sort(x, options)),
  reference: (x) => sorted(x, aboutAxis("sort", x.shape, options.axis).length, options),
  shape: input.shape,
  tolerance: "exact",
});

const selecting = (
  name: string,
  input: Input,
  k: number,
  { axis = -1, largest = true }: TopkOptions = {},
): OpCase => ({
  name,
  inputs: [input],
  run: (x) => pair(topk(x, k, { axis, largest })),
  reference: (x) => sorted(x, k, { axis, descending: largest }),
  tolerance: "exact",
});

const special = [
  0,
  -0,
  1,
  Number.NaN,
  -1,
  Infinity,
  1.4e-45,
  -Infinity,
  -1.4e-45,
  0,
  Number.NaN,
  -0,
  3e38,
];
const hostile = (n: number): Input => ({
  shape: [2, n],
  fill: (i) => special[(i * 5) % special.length] as number,
  grad: false,
});
/** Numbers many of which are equal, and some NaN. */
const crowd = (...shape: number[]): Input => ({
  shape,
  fill: (_, random) => (random() < 0.01 ? Number.NaN : Math.floor(random() * 200) / 8 - 12),
  grad: false,
});

export const cases: OpCases = {
  sort: [
    sorting("the last axis", { shape: [3, 11] }),
    sorting("a middle axis, descending", { shape: [2, 5, 3] }, { axis: 1, descending: true }),
    sorting("safety: NaN, zeros, infinities and equals", hostile(40)),
    sorting("safety: NaN, zeros, infinities and equals, descending", hostile(40), {
      descending: true,
    }),
    sorting("by radix, all special numbers", hostile(1500)),
    sorting("by radix, equals keep their order", crowd(2, 2100)),
    sorting("by radix, descending, the first axis", crowd(1100, 2), { axis: 0, descending: true }),
    sorting("a hundred thousand", {
      shape: [100_000],
      fill: (_, random) => random() - 0.5,
      grad: false,
    }),
    {
      name: "by radix, the gradient returns to its element",
      inputs: [{ shape: [1030], fill: (i) => ((i * 619) % 1030) / 8 }],
      run: (x) => sort(x).values,
      // distinct numbers 1/8 apart: the differences of the gradient check do not change their order
      reference: (x) => Float64Array.from(x.data).sort(),
    },
  ],
  argsort: [
    {
      name: "the last axis",
      inputs: [{ shape: [4, 9], grad: false }],
      run: (x) => argsort(x),
      reference: (x) => sorted(x, 9, {})[1] as Float64Array,
      tolerance: "exact",
    },
    {
      name: "an outer axis, descending",
      inputs: [{ shape: [6, 4], grad: false }],
      run: (x) => argsort(x, { axis: 0, descending: true }),
      reference: (x) => sorted(x, 6, { axis: 0, descending: true })[1] as Float64Array,
      shape: [6, 4],
      tolerance: "exact",
    },
  ],
  topk: [
    selecting("three largest", { shape: [4, 13] }, 3),
    selecting("two smallest of a middle axis", { shape: [2, 7, 3] }, 2, {
      axis: 1,
      largest: false,
    }),
    selecting("all of them", { shape: [3, 5] }, 5),
    selecting("safety: NaN is the largest, ties to the lower index", hostile(40), 20),
    selecting("safety: smallest among special numbers", hostile(40), 20, { largest: false }),
    selecting("ten of a long row, in three steps", crowd(150_000), 10),
    selecting("128 of several thousand", crowd(2, 5000), 128),
    selecting("129 of several thousand, by radix", crowd(2, 5000), 129),
    selecting("the largest of a long column", crowd(1025, 3), 1, { axis: 0 }),
  ],
};
