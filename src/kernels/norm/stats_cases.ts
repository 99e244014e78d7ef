import { inHalf } from "../half_cases.ts";
import type { Case } from "../kernel.ts";
import { packedCases } from "./packed_cases.ts";
import type { normStats as stats } from "./stats.ts";
import { joinedCases } from "./stats_joined_cases.ts";

const batch = { kind: "batch" } as const;
const instance = { kind: "instance" } as const;
const layer = { kind: "layer", axes: 1 } as const;
const rms = { kind: "rms", axes: 1 } as const;
const far = (_: number, random: () => number) => 1e4 + 2 * Math.sqrt(3) * (random() - 0.5);

export const cases: Case<typeof stats>[] = [
  { name: "one element", inputs: { x: [1, 1] }, options: { norm: batch } },
  { name: "layer, one element a row", inputs: { x: [130, 1] }, options: { norm: layer } },
  { name: "layer, 17 rows of 5, one lane each", inputs: { x: [17, 5] }, options: { norm: layer } },
  {
    name: "layer, 9 rows of 77, eight lanes each",
    inputs: { x: [9, 77] },
    options: { norm: layer },
  },
  { name: "layer, rows of 257", inputs: { x: [3, 257] }, options: { norm: layer } },
  {
    name: "layer over two axes",
    inputs: { x: [2, 3, 5, 7] },
    options: { norm: { kind: "layer", axes: 2 } },
  },
  { name: "batch, planes of 35", inputs: { x: [5, 7, 5, 7] }, options: { norm: batch } },
  { name: "batch, planes of one element", inputs: { x: [37, 67] }, options: { norm: batch } },
  {
    name: "batch, planes of 4, cut across",
    inputs: { x: [600, 5, 2, 2] },
    options: { norm: batch },
  },
  { name: "batch, long rows in pieces", inputs: { x: [5, 2, 131, 31] }, options: { norm: batch } },
  { name: "group", inputs: { x: [3, 6, 5, 5] }, options: { norm: { kind: "group", groups: 2 } } },
  {
    name: "group, one group",
    inputs: { x: [2, 3, 11, 13] },
    options: { norm: { kind: "group", groups: 1 } },
  },
  { name: "instance", inputs: { x: [2, 5, 9, 9] }, options: { norm: instance } },
  { name: "one row of 40,001", inputs: { x: [1, 40001] }, options: { norm: layer } },
  {
    name: "safety: mean 1e4 times the deviation",
    inputs: { x: { shape: [4, 1024], fill: far } },
    options: { norm: layer },
    tolerance: { atol: 2e-6, rtol: 2e-6 },
  },
  {
    name: "safety: constant rows, variance 0",
    inputs: { x: { shape: [4, 300], fill: () => 1234.567 } },
    options: { norm: layer },
  },
  { name: "rms, rows of 77", inputs: { x: [9, 77] }, options: { norm: rms, eps: 1e-2 } },
  { name: "rms, one row in pieces", inputs: { x: [1, 20001] }, options: { norm: rms } },
  {
    name: "safety: rms, mean 1e4 times the deviation",
    inputs: { x: { shape: [4, 1024], fill: far } },
    options: { norm: rms },
  },
  {
    name: "safety: rms of zeros",
    inputs: { x: { shape: [3, 9], fill: () => 0 } },
    options: { norm: rms },
  },
  {
    name: "an outlier first",
    inputs: { x: { shape: [2, 1000], fill: (i, random) => (i % 1000 === 0 ? 1e6 : random()) } },
    options: { norm: layer },
    tolerance: { atol: 1e-5, rtol: 1e-6 },
  },
  {
    name: "values of 1e18, whose squares sum past f32",
    inputs: { x: { shape: [2, 3000], fill: (_, random) => (random() - 0.5) * 1e19 } },
    options: { norm: layer },
    tolerance: { atol: 1e13, rtol: 1e-6 },
  },
  ...[layer, rms].flatMap((norm) =>
    [[1, 4] as const, [9, 77] as const, [1, 40004] as const].flatMap((shape) =>
      [false, true].map((coarse) => ({
        name: `safety: values about 1e30${coarse ? ", coarse" : ""}: ${norm.kind}, rows of ${shape[1]}`,
        inputs: { x: { shape, fill: (i: number) => 1e30 * (1 + (i % 4)) } },
        options: { norm, coarse },
        tolerance: { atol: 0, rtol: 2e-6 },
      })),
    ),
  ),
  {
    name: "safety: rms of equal values of 1e30",
    inputs: { x: { shape: [2, 20], fill: () => 1e30 } },
    options: { norm: rms },
    tolerance: { atol: 0, rtol: 1e-6 },
  },
  {
    name: "safety: running statistics of values about 1e30",
    inputs: {
      x: { shape: [9, 67], fill: (_, random) => 1e30 * random() },
      running_mean: [67],
      running_var: [67],
    },
    options: { norm: batch },
    tolerance: { atol: 0, rtol: 3e-6 },
  },
  {
    name: "values of 1e-15, variance far below eps",
    inputs: { x: { shape: [2, 70], fill: (_, random) => random() * 1e-15 } },
    options: { norm: layer },
    tolerance: { atol: 1e-20, rtol: 1e-6 },
  },
  {
    name: "running statistics of a row of two",
    inputs: { x: [2, 1], running_mean: [1], running_var: [1] },
    options: { norm: batch },
  },
  {
    name: "running statistics, several lanes a row",
    inputs: { x: [5, 7, 5, 7], running_mean: [7], running_var: [7] },
    options: { norm: batch, momentum: 0.3 },
  },
  ...[0, 1].map((momentum) => ({
    name: `running statistics by momentum ${momentum}`,
    inputs: { x: [9, 67], running_mean: [67], running_var: [67] },
    options: { norm: batch, momentum },
  })),
  {
    name: "safety: a NaN first, in the middle or last is the pivot's as well",
    inputs: {
      x: {
        shape: [4, 20],
        fill: (i, random) => ([0, 30, 59].includes(i) ? Number.NaN : random()),
      },
    },
    options: { norm: layer },
  },
  {
    name: "safety: a NaN spoils its own row only",
    inputs: { x: { shape: [3, 5, 4, 4], fill: (i, random) => (i === 20 ? NaN : random()) } },
    options: { norm: instance },
  },
  ...packedCases.map(({ name, x, norm, coarse }) => ({
    name,
    inputs: { x },
    options: { norm, coarse },
  })),
  {
    name: "safety: packs, mean 1e4 times the deviation, coarse",
    inputs: { x: { shape: [4, 1024], fill: far } },
    options: { norm: layer, coarse: true },
    tolerance: { atol: 2e-6, rtol: 2e-6 },
  },
  {
    name: "packs: running statistics of rows in lanes of their own",
    inputs: { x: [3, 130, 2, 2], running_mean: [130], running_var: [130] },
    options: { norm: batch, coarse: true },
  },
  ...joinedCases,
];

/** Values of 1e6 and more are ∞ in f16. */
export const halfCases = inHalf(
  cases.filter(({ name }) => !/outlier first|1e30/.test(name)),
  { storage: "f16" },
);

export const benches: Case<typeof stats>[] = [
  { name: "layer 512×768", inputs: { x: [512, 768] }, options: { norm: layer } },
  { name: "batch 8×64×32×32", inputs: { x: [8, 64, 32, 32] }, options: { norm: batch } },
  { name: "batch 64×64×56×56", inputs: { x: [64, 64, 56, 56] }, options: { norm: batch } },
  { name: "batch 64×8×14×14", inputs: { x: [64, 8, 14, 14] }, options: { norm: batch } },
  { name: "batch 64×16×7×7", inputs: { x: [64, 16, 7, 7] }, options: { norm: batch } },
  { name: "layer 4096×768", inputs: { x: [4096, 768] }, options: { norm: layer } },
  {
    name: "batch 8×3×224×224, whole rows",
    inputs: { x: [8, 3, 224, 224], running_mean: [3], running_var: [3] },
    options: { norm: batch },
  },
];
