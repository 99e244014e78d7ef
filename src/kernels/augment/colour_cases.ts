import type { Case } from "../kernel.ts";
import type { ColourOptions, augmentColour as colour } from "./colour.ts";
import type { Gate } from "./draw.ts";

const half: Gate = { p: 0.5 };
const steps = [
  { factor: [0.5, 1.5] },
  { factor: [0.4, 1.7] },
  { factor: [0.2, 2] },
  { factor: [-0.4, 0.4] },
] as const;
const only = (k: number, gate?: Gate) => ({
  steps: steps.map((step, i) => (i === k ? { ...step, gate } : undefined)),
});
const unit = (...shape: number[]) => ({
  shape,
  fill: (_: number, random: () => number) => random(),
});
const box = { area: [0.1, 0.4], ratio: [0.3, 3.3] } as const;

/** Sums, quotients and hue steps have errors of a few units in the last place of 1. */
const near = { atol: 4e-6, rtol: 1e-6 };

const test = (
  name: string,
  x: readonly number[],
  options: Omit<ColourOptions, "seed">,
  tolerance: Case<typeof colour>["tolerance"] = near,
): Case<typeof colour> => ({
  name,
  inputs: { x: unit(...x) },
  options: { seed: 5, ...options },
  tolerance,
});

export const cases: Case<typeof colour>[] = [
  test("nothing to do", [2, 3, 4, 5], {}, "exact"),
  test("brightness of some", [7, 3, 4, 5], { jitter: only(0, half) }),
  test("contrast", [3, 3, 4, 5], { jitter: only(1) }),
  test("contrast of one channel", [3, 1, 9, 9], { jitter: only(1) }),
  test("saturation", [3, 3, 4, 5], { jitter: only(2) }),
  test("hue", [3, 3, 4, 5], { jitter: only(3) }),
  test(
    "neither saturation nor hue in one channel",
    [3, 1, 4, 5],
    { jitter: { steps: [undefined, undefined, ...steps.slice(2)] } },
    "exact",
  ),
  test("all of jitter in any order, over more cells than lanes", [12, 3, 9, 11], {
    jitter: { steps, shuffled: true },
  }),
  test("coarse: all of jitter in any order", [5, 3, 9, 11], {
    jitter: { steps, shuffled: true },
    coarse: true,
  }),
  test("alpha stays", [4, 4, 3, 3], { jitter: { steps, shuffled: true } }),
  test("salt and pepper", [3, 3, 8, 9], { noise: { amount: 0.4, salt: 0.7 } }, "exact"),
  test("salt and pepper of some, and normal numbers in a box", [6, 2, 8, 9], {
    noise: { amount: 0.3, salt: 0.5, gate: half },
    ...{ erase: { box, value: 0.5, sigma: 1 }, first: 3 },
  }),
  test("fewer tones", [5, 3, 4, 5], { posterize: { bits: 3, gate: half } }, { atol: 1e-7 }),
  test(
    "fewer tones by one of five numbers of bits",
    [9, 3, 4, 5],
    { posterize: { bits: [2, 6], levels: 5 } },
    { atol: 1e-7 },
  ),
  test("saturation of one of two, lights inverted from one of three on", [9, 3, 4, 5], {
    jitter: { steps: [undefined, undefined, { factor: [0.1, 1.9], levels: 2 }] },
    solarize: { threshold: [0.25, 0.75], levels: 3 },
  }),
  test(
    "lights inverted",
    [5, 3, 4, 5],
    { solarize: { threshold: [0.5, 0.5], gate: half } },
    { atol: 1e-7 },
  ),
  test("noise", [3, 2, 5, 7], { noise: { mean: 0.1, sigma: 0.5, clip: false }, first: 8 }),
  test("noise within 0..1", [3, 1, 5, 7], {
    noise: { mean: 0, sigma: 0.5, clip: true, gate: half },
  }),
  test("a box erased", [9, 3, 8, 9], { erase: { box, value: [1, 2, 3], gate: half } }, "exact"),
  test("a box of noise", [4, 1, 8, 9], { erase: { box, value: 0.5, sigma: 2 } }),
  test(
    "no box fits",
    [2, 1, 4, 4],
    { erase: { box: { area: [2, 3], ratio: [1, 1] }, value: 9 } },
    "exact",
  ),
  test("a square cut out, over the rim", [12, 1, 5, 6], { erase: { side: 3, value: 0 } }, "exact"),
  test("normalised", [2, 3, 4, 5], { mean: [0.4, 0.5, 0.6], std: [0.2, 0.25, 0.3] }),
  test(
    "all at once, of 1100 cells",
    [2, 3, 20, 55],
    {
      ...{ jitter: { steps, shuffled: true }, noise: { mean: 0, sigma: 0.1, clip: true } },
      ...{ erase: { box, value: 0, gate: half }, mean: 0.5, std: 0.25 },
    },
    { atol: 2e-5, rtol: 1e-6 },
  ),
  test(
    "tiles of an image without contrast",
    [2, 1, 40, 55],
    { erase: { side: 20, value: -1 } },
    "exact",
  ),
  {
    name: "safety: NaN and infinity stay in their pixels",
    inputs: {
      x: { shape: [2, 1, 3, 4], fill: (i) => (i === 3 ? NaN : i === 5 ? Infinity : i / 24) },
    },
    options: { seed: 1, mean: 0.5, std: 0.5 },
  },
];

export const benches: Case<typeof colour>[] = [
  {
    name: "64 × 3 × 224², jitter",
    inputs: { x: unit(64, 3, 224, 224) },
    options: { seed: 1, jitter: { steps, shuffled: true } },
  },
];
