import shader from "#shaders/elementwise/cast.wgsl";
import { size } from "../../core/shape.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { packs } from "./packs.ts";

/** y = x, where one or both of them lie in memory as f16: bind it with `{ storage: "f16" }`, `{ to: "f16" }`. */
export const cast = kernel(shader, ({ x }, _: object) => {
  const { count, width, grid } = packs(size(x));
  return { outputs: { y: x }, params: { packs: count }, grid, slots: { width }, flops: 0 };
});

export const reference: Reference<typeof cast> = ({ x }) => ({ y: Float64Array.from(x.data) });

const special = [0, -0, 1e-7, -6e-5, 65504, 1 / 3, -Infinity, Number.NaN];
const values = { shape: [special.length], fill: (i: number) => special[i] as number };

export const cases: Case<typeof cast>[] = [
  { name: "one element", inputs: { x: [1] }, options: {}, tolerance: "exact" },
  { name: "an odd number", inputs: { x: [3, 129] }, options: {}, tolerance: "exact" },
  { name: "four a lane", inputs: { x: [3, 88] }, options: {}, tolerance: "exact" },
  { name: "no elements", inputs: { x: [0] }, options: {} },
];

export const halfCases = inHalf<Case<typeof cast>>([
  { name: "an odd number to f16", inputs: { x: [3, 129] }, options: {}, storages: { to: "f16" } },
  { name: "fours to f16", inputs: { x: [2, 512] }, options: {}, storages: { to: "f16" } },
  {
    name: "what f16 only just holds",
    inputs: { x: values },
    options: {},
    storages: { to: "f16" },
  },
  {
    name: "fours of f16 to f32",
    inputs: { x: [260] },
    options: {},
    storages: { storage: "f16" },
  },
  {
    name: "an odd number of f16 to f32",
    inputs: { x: [67] },
    options: {},
    storages: { storage: "f16" },
  },
]);

export const benches: Case<typeof cast>[] = [
  { name: "16 Mi elements", inputs: { x: [4096, 4096] }, options: {} },
];
