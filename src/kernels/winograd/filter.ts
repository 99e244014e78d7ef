import shader from "#shaders/winograd/filter.wgsl";
import { boolean } from "../../core/kinds.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { around, MATRICES } from "./tiles.ts";
import { checkWindows } from "./windows.ts";

export interface FilterOptions {
  /** Whether each kernel is read from its last tap to its first, as the input gradient requires. Default false. */
  readonly turned?: boolean;
}

/**
 * Kernels of weight [outC, inC, 3, 3] transformed for Winograd's convolution: u [16, outC, inC], component 4·i + j of G · g
 * · Gᵀ. Throws `ShapeError` for other kernel sizes.
 */
export const winogradFilter = kernel(shader, ({ weight }, { turned = false }: FilterOptions) => {
  const { outC, inC, windows } = checkWindows("winograd/filter", weight);
  return {
    outputs: { u: [16, outC, inC] },
    params: { windows },
    grid: grid256(windows),
    overrides: { TURNED: Number(turned) },
    flops: 35 * windows,
  };
});

export const kinds = () => ({ turned: boolean });

export const reference: Reference<typeof winogradFilter> = ({ weight }, { turned = false }) => {
  const { windows } = checkWindows("winograd/filter", weight.shape);
  const u = new Float64Array(16 * windows);
  for (let e = 0; e < windows; e++) {
    const tap = (row: number, column: number) => {
      const at = 3 * row + column;
      return weight.data[9 * e + (turned ? 8 - at : at)] as number;
    };
    const window = [0, 1, 2].map((row) => [0, 1, 2].map((column) => tap(row, column)));
    around(MATRICES.G, window).forEach((row, i) => {
      row.forEach((value, j) => {
        u[(4 * i + j) * windows + e] = value;
      });
    });
  }
  return { u };
};

const filters = (
  name: string,
  weight: readonly number[],
  turned = false,
): Case<typeof winogradFilter> => ({
  name,
  inputs: { weight },
  options: { turned },
  tolerance: { length: 9 },
});

export const cases: Case<typeof winogradFilter>[] = [
  filters("one window", [1, 1, 3, 3]),
  filters("one window, turned", [1, 1, 3, 3], true),
  filters("more windows than a workgroup has lanes", [5, 13, 3, 3]),
  filters("65 windows, turned", [13, 5, 3, 3], true),
  {
    ...filters("safety: a NaN stays in its window", [3, 1, 3, 3]),
    inputs: { weight: { shape: [3, 1, 3, 3], fill: (i) => (i === 13 ? NaN : i - 13) } },
  },
];

export const benches = [filters("64 × 64", [64, 64, 3, 3])];
