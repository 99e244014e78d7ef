import type { Case } from "../kernel.ts";
import { ofIntegers } from "./of_integers.ts";
import type { reduce } from "./reduce.ts";

const sum = { op: "sum" } as const;
const special = [1, -0, Infinity, -Infinity, Number.NaN, -3e38];
const holed = {
  shape: [6, 40],
  fill: (i: number) => (i % 41 === 0 ? (special[i / 41] ?? i) : i / 100),
};

export const cases: Case<typeof reduce>[] = [
  { name: "one element", inputs: { x: [1] }, options: sum },
  { name: "a scalar", inputs: { x: [] }, options: sum },
  { name: "no axes", inputs: { x: [3, 5] }, options: { op: "sum", axes: [] } },
  ...[7, 8, 9, 512, 513, 1023].map((n) => ({
    name: `rows of ${n}`,
    inputs: { x: [5, n] },
    options: { op: "sum" as const, axes: [-1] },
    tolerance: { length: n },
  })),
  {
    name: "fours in pieces, the last one shorter",
    inputs: { x: [3, 516] },
    options: { op: "sum", axes: [1], pieces: 9 },
    tolerance: { length: 60 },
  },
  { name: "greatest of fours", inputs: { x: [7, 68] }, options: { op: "max", axes: [1] } },
  ...(
    [
      [130, 36],
      [130, 37],
    ] as const
  ).map((x) => ({
    name: `coarse: a thread a row of ${x[1]}`,
    inputs: { x },
    options: { op: "sum" as const, axes: [1], coarse: true },
    tolerance: { length: x[1] },
  })),
  {
    name: "coarse: a thread a column",
    inputs: { x: [70, 131] },
    options: { op: "sum", axes: [0], coarse: true },
    tolerance: { length: 70 },
  },
  ...[
    { name: "columns of 40,001 times 0.1", x: [40001, 3], axes: [0] },
    { name: "rows of 70,000 times 0.1, in fours", x: [2, 70000], axes: [1] },
  ].map(({ name, x: shape, axes }) => ({
    name: `coarse: a thread sums ${name}, to 2e-6`,
    inputs: { x: { shape, fill: () => 0.1 } },
    options: { op: "sum" as const, axes, coarse: true },
    tolerance: { atol: 0, rtol: 2e-6 },
  })),
  ...[63, 65, 300].map((n) => ({
    name: `columns of ${n}`,
    inputs: { x: [n, 37] },
    options: { op: "sum" as const, axes: [0], keepDims: true },
    tolerance: { length: n },
  })),
  {
    name: "everything, long",
    inputs: { x: [37, 1000] },
    options: sum,
    tolerance: { length: 37000 },
  },
  {
    name: "everything, 9 pieces",
    inputs: { x: [37, 1000] },
    options: { op: "sum", pieces: 9 },
    tolerance: { length: 4112 },
  },
  {
    name: "columns, 7 pieces",
    inputs: { x: [400, 10] },
    options: { op: "sum", axes: [0], pieces: 7 },
    tolerance: { length: 58 },
  },
  {
    name: "channels",
    inputs: { x: [4, 8, 49] },
    options: { op: "sum", axes: [0, 2] },
    tolerance: { length: 196 },
  },
  {
    name: "channels, pieces",
    inputs: { x: [4, 8, 49] },
    options: { op: "sum", axes: [0, 2], pieces: 3 },
    tolerance: { length: 66 },
  },
  {
    name: "many outputs of columns",
    inputs: { x: [3, 40000] },
    options: { op: "sum", axes: [0] },
    tolerance: { length: 3 },
  },
  {
    name: "alternate axes of six",
    inputs: { x: [2, 3, 4, 5, 3, 2] },
    options: { op: "sum", axes: [0, 2, 4] },
    tolerance: { length: 24 },
  },
  {
    name: "a scale",
    inputs: { x: [9, 11] },
    options: { op: "sum", axes: [1], scale: 1 / 11 },
    tolerance: { length: 11 },
  },
  ...ofIntegers,
  { name: "an empty sum is 0", inputs: { x: [4, 0] }, options: { op: "sum", axes: [1] } },
  { name: "no outputs", inputs: { x: [0, 4] }, options: { op: "max", axes: [1] } },
  ...(["sum", "max", "min"] as const).map((op) => ({
    name: `${op}, infinities and NaN`,
    inputs: { x: holed },
    options: { op, axes: [1] },
    tolerance: { length: 40 },
  })),
  ...(["max", "min"] as const).flatMap((op) => [
    {
      name: `${op} of rows`,
      inputs: { x: [5, 700] },
      options: { op, axes: [1] },
      tolerance: "exact" as const,
    },
    {
      name: `${op} of columns`,
      inputs: { x: [70, 19] },
      options: { op, axes: [0] },
      tolerance: "exact" as const,
    },
    {
      name: `${op}, pieces`,
      inputs: { x: [700] },
      options: { op, pieces: 5 },
      tolerance: "exact" as const,
    },
  ]),
];

export const benches: Case<typeof reduce>[] = [
  {
    name: "1 Mi elements, first pass",
    inputs: { x: [1 << 20] },
    options: { op: "sum", pieces: 256 },
  },
  {
    name: "[64, 64, 3136] over (0, 2), first pass",
    inputs: { x: [64, 64, 3136] },
    options: { op: "sum", axes: [0, 2], pieces: 8 },
  },
  {
    name: "[8192, 10] over 0, first pass",
    inputs: { x: [8192, 10] },
    options: { op: "sum", axes: [0], pieces: 32 },
  },
  { name: "[8192, 1024] over 1", inputs: { x: [8192, 1024] }, options: { op: "sum", axes: [1] } },
];
