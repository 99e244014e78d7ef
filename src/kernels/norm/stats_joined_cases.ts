import type { Case, Fill } from "../kernel.ts";
import type { NormGrouping } from "./geometry.ts";
import type { normStats as stats } from "./stats.ts";

const batch = { kind: "batch" } as const;
const layer = { kind: "layer", axes: 1 } as const;
const rms = { kind: "rms", axes: 1 } as const;

interface Options {
  readonly coarse?: boolean;
  readonly eps?: number;
  readonly fill?: Fill;
  readonly tolerance?: { readonly atol: number; readonly rtol: number };
}

/** Running statistics of `rows` rows, which are so long that they would be split without. */
function joined(
  name: string,
  shape: readonly number[],
  norm: NormGrouping,
  rows: number,
  { fill, tolerance, ...options }: Options = {},
): Case<typeof stats> {
  return {
    name: `${fill ? "safety: " : ""}running statistics of whole rows: ${name}`,
    inputs: {
      x: fill ? { shape, fill } : shape,
      running_mean: [rows],
      running_var: [rows],
    },
    options: { norm, ...options },
    ...(tolerance && { tolerance }),
  };
}

const coarse = true;
const late = 9 * 4061 + 100; // an element of the second channel, none of the three that its pivot is chosen from

/** Long rows with running statistics: one piece each, of 64 lanes. */
export const joinedCases: readonly Case<typeof stats>[] = [
  joined("batch, planes of 4,061", [5, 2, 131, 31], batch, 2),
  joined("batch, planes of 8,192 in packs", [9, 2, 64, 128], batch, 2),
  joined("batch, planes of 3 side by side", [40_000, 3, 1, 3], batch, 3),
  joined("batch, planes of 3, coarse", [40_000, 3, 1, 3], batch, 3, { coarse }),
  joined("layer, packs across a row of 80,004", [1, 80_004], layer, 1),
  joined("rms, a row of 80,003, coarse", [1, 80_003], rms, 1, { coarse }),
  joined("rms, a row of 40,003", [1, 40_003], rms, 1),
  joined("mean 1e4 times the deviation", [1, 80_003], layer, 1, {
    fill: (_, random) => 1e4 + 2 * Math.sqrt(3) * (random() - 0.5),
    tolerance: { atol: 2e-6, rtol: 2e-6 },
  }),
  joined("values about 1e30", [1, 80_003], layer, 1, {
    fill: (i) => 1e30 * (1 + (i % 4)),
    tolerance: { atol: 0, rtol: 3e-6 },
  }),
  joined("values about 1e-30, eps 0", [1, 40_003], layer, 1, {
    eps: 0,
    fill: (i) => 1e-30 * (1 + (i % 4)),
    tolerance: { atol: 0, rtol: 3e-6 },
  }),
  joined("a NaN spoils its own channel only", [5, 2, 131, 31], batch, 2, {
    fill: (i, random) => (i === late ? NaN : random()),
  }),
];
