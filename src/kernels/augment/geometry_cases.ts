import type { Shape } from "../../core/shape.ts";
import type { Case } from "../kernel.ts";
import type { GeometryOptions, augmentGeometry as geometry } from "./geometry.ts";

const same = (h: number, w: number) => ({ from: [h, w], to: [h, w] }) as const;
const flip = { ...same(5, 7), zoom: [-1, 1], gate: { p: 0.5 } } as const;
const turn = { ...same(5, 7), angle: [-0.7, 0.7] } as const;
const crop = { from: [5, 7], to: [4, 5], move: [-3, -2.5], room: [7, 6] } as const;
const box = { area: [0.2, 0.9], ratio: [0.75, 4 / 3] } as const;
const zoomed = { from: [9, 11], to: [6, 5], box } as const;

const test = (
  name: string,
  x: Shape,
  options: Omit<GeometryOptions, "seed">,
  tolerance: Case<typeof geometry>["tolerance"] = { atol: 1e-5, rtol: 1e-5, length: 4 },
): Case<typeof geometry> => ({ name, inputs: { x }, options: { seed: 7, ...options }, tolerance });

export const cases: Case<typeof geometry>[] = [
  test("nothing to do", [2, 1, 3, 4], { steps: [same(3, 4)] }, "exact"),
  test("mirrored or not", [9, 3, 5, 7], { steps: [flip] }, "exact"),
  test(
    "both mirrors, cropped after padding",
    [6, 2, 5, 7],
    {
      steps: [flip, { ...same(5, 7), zoom: [1, -1], gate: { p: 0.5 } }, crop],
      fill: [2, -1],
      mode: "nearest",
    },
    "exact",
  ),
  test(
    "cropped over a reflection",
    [4, 1, 5, 7],
    { steps: [crop], padding: "reflection" },
    "exact",
  ),
  test(
    "cropped over a reflection at the rim",
    [4, 1, 5, 7],
    {
      steps: [crop],
      padding: "reflection",
      reflectAt: "rim",
    },
    "exact",
  ),
  test("shifted by more than its height and width over a reflection", [3, 1, 3, 8], {
    steps: [
      {
        ...same(3, 8),
        shift: [
          [5, 9],
          [-11, -8],
        ],
      },
    ],
    padding: "reflection",
  }),
  test("cropped over the edge", [4, 5, 5, 7], { steps: [crop], padding: "border" }, "exact"),
  test("turned", [5, 3, 5, 7], { steps: [turn], fill: 0.5 }),
  test("turned, bicubic", [3, 1, 5, 7], { steps: [turn], mode: "bicubic" }),
  test("sheared, scaled, shifted", [5, 1, 6, 6], {
    steps: [
      {
        ...same(6, 6),
        angle: [-0.3, 0.3],
        scale: [0.8, 1.2],
        shear: [
          [-0.2, 0.2],
          [-0.1, 0.3],
        ],
        shift: [
          [-1.5, 1.5],
          [-2, 2],
        ],
      },
    ],
  }),
  test("by one of two angles, slopes and shifts", [9, 1, 9, 11], {
    steps: [
      {
        ...{ ...same(9, 11), levels: 2, angle: [-0.4, 0.4] },
        shear: [
          [-0.3, 0.3],
          [0, 0.2],
        ],
        shift: [
          [-2.6, 2.6],
          [-1, 1],
        ],
      },
    ],
  }),
  test("by one of seven angles of both signs", [9, 1, 9, 11], {
    steps: [{ ...same(9, 11), levels: -7, angle: [-0.4, 0.4] }],
  }),
  test("a box as a whole", [7, 2, 9, 11], { steps: [zoomed], padding: "border", first: 3 }),
  test("no box fits: the middle", [2, 1, 9, 11], {
    steps: [{ ...zoomed, box: { area: [2, 3], ratio: [2, 3] } }],
    padding: "border",
  }),
  test("from another side", [6, 1, 8, 9], { steps: [{ ...same(8, 9), distortion: 0.5 }] }),
  test("one of two", [9, 1, 5, 7], {
    steps: [
      { ...turn, gate: { group: { number: 1, range: [0, 0.5] } } },
      { ...flip, gate: { group: { number: 1, range: [0.5, 1] } } },
    ],
  }),
  test(
    "turned, noisy, normalised, a box of noise erased",
    [7, 3, 5, 7],
    {
      steps: [turn, flip],
      finish: {
        ...{ first: 4, mean: [0.1, 0.2, 0.3], std: [0.5, 1, 2] },
        noise: { mean: 0.1, sigma: 0.5, clip: true, gate: { p: 0.5 } },
        erase: { box, value: [1, 2, 3], sigma: 0.5, gate: { p: 0.5 } },
      },
    },
    { atol: 3e-5, rtol: 1e-5, length: 4 },
  ),
  test(
    "mirrored and cropped, a square cut out of what is made",
    [9, 1, 5, 7],
    { steps: [flip, crop], finish: { erase: { side: 3, value: 9 } }, mode: "nearest" },
    "exact",
  ),
  test(
    "coarse: mirrored, noisy, a box erased",
    [3, 2, 9, 11],
    {
      steps: [{ ...same(9, 11), zoom: [-1, 1], gate: { p: 0.5 } }],
      finish: { first: 1, noise: { mean: 0, sigma: 0.5, clip: false }, erase: { box, value: 2 } },
      coarse: true,
    },
    { atol: 3e-5, rtol: 1e-5, length: 4 },
  ),
  test("more cells than a workgroup makes", [2, 1, 5, 7], {
    steps: [turn, { from: [5, 7], to: [33, 35], zoom: [0.2, 5 / 33] }],
    seed: 1,
  } as Omit<GeometryOptions, "seed">),
  {
    name: "safety: NaN and 1e30 stay in their pixels",
    inputs: {
      x: { shape: [3, 1, 5, 7], fill: (i) => (i % 35 === 8 ? NaN : i % 35 === 20 ? 1e30 : i) },
    },
    options: { seed: 3, steps: [flip, crop] },
    tolerance: "exact",
  },
];

export const benches: Case<typeof geometry>[] = [
  {
    name: "64 × 3 × 224², turned",
    inputs: { x: [64, 3, 224, 224] },
    options: { seed: 1, steps: [{ ...same(224, 224), angle: [-0.3, 0.3] }] },
  },
];
