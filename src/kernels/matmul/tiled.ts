import shader from "#shaders/matmul/tiled.wgsl";
import { oneOf } from "../../core/kinds.ts";
import { kernel, type Reference } from "../kernel.ts";
import { tilePlan } from "./blocks.ts";
import * as shared from "./cases.ts";
import type { MatmulInputs, MatmulKernelOptions } from "./problem.ts";
import * as products from "./reference.ts";

export interface TiledOptions extends MatmulKernelOptions {
  /** "large" (default): 128 × 64. "small": 32 × 32, for products with few rows, few columns or few tiles. */
  readonly tile?: "large" | "small";
}

/** `C = act(A · B + bias)` as `matmulNaive` with one workgroup per tile of C: for products with enough tiles to fill a card. */
export const matmulTiled = kernel(
  shader,
  (inputs: MatmulInputs, { tile = "large", ...options }: TiledOptions) => {
    const [height, width] = tile === "large" ? [128, 64] : [32, 32];
    const plan = tilePlan(inputs, options, height, width);
    return { ...plan, slots: { ...plan.slots, tile } };
  },
);

export const kinds = () => ({ ...products.kinds(), tile: oneOf("large", "small") });

export const reference: Reference<typeof matmulTiled> = (inputs, { tile, ...options }) =>
  products.reference(inputs, options);

/** The cases, for both tiles. */
const both = <C extends { readonly name: string; readonly options: MatmulKernelOptions }>(
  of: C[],
) => [
  ...of,
  ...of.map((each) => ({
    ...each,
    name: `32 × 32: ${each.name}`,
    options: { ...each.options, tile: "small" as const },
  })),
];

export const cases = both(shared.cases);
export const halfCases = both(shared.halfCases);
export const benches = both(shared.benches);
