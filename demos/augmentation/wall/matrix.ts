import { scope, tensor } from "wgrad";
import type { Transform } from "wgrad/data/transforms";
import { bySeed } from "../../shared/by_seed.ts";
import { make } from "../../shared/dom.ts";
import * as words from "../../words/en/augmentation/wall.ts";

/** Two rows of a 3 × 3 matrix whose third is 0, 0, 1. */
export type Affine = readonly [
  readonly [number, number, number],
  readonly [number, number, number],
];

/** A value that no coordinate has: it fills the pixels that come from outside the picture. */
export const OUTSIDE = -1e6;

/**
 * The matrices by which a transform of geometry (with `OUTSIDE` as its fill) moves the first `count` pictures of a
 * batch. Each maps a pixel of the result to its source, both relative to the centre, in pixels. They are measured: the
 * transform is applied, with the same seed, to a picture whose values are its pixels' coordinates. Undefined for a
 * picture all of whose pixels come from outside.
 */
export async function matricesOf(
  transform: Transform,
  { seed, side, count }: { readonly seed: number; readonly side: number; readonly count: number },
): Promise<(Affine | undefined)[]> {
  const plane = side * side;
  const middle = (side - 1) / 2;
  const one = Array.from({ length: 2 * plane }, (_, i) =>
    i < plane ? (i % side) - middle : Math.floor((i - plane) / side) - middle,
  );
  using moved = bySeed(seed, () =>
    scope(() => {
      const all = Float32Array.from({ length: count * one.length }, (_, i) =>
        Number(one[i % one.length]),
      );
      return transform.forward(tensor(all, { shape: [count, 2, side, side] }));
    }),
  );
  const from = await moved.read();
  return Array.from({ length: count }, (_, n) =>
    matrixOf(from.subarray(2 * n * plane, 2 * (n + 1) * plane), side),
  );
}

/** The map, from three neighbouring pixels that come from inside. */
function matrixOf(from: ArrayLike<number>, side: number): Affine | undefined {
  const plane = side * side;
  const middle = (side - 1) / 2;
  const inside = (p: number) => [p, p + plane].every((at) => Math.abs(Number(from[at])) <= middle);
  for (let d = 0; d < plane; d++) {
    const p = (d + plane / 2 + side / 2) % plane; // searched from the middle on
    if (p % side === side - 1 || p >= plane - side) continue;
    if (![p, p + 1, p + side].every(inside)) continue;
    const at = [(p % side) - middle, Math.floor(p / side) - middle] as const;
    const row = (axis: 0 | 1) => {
      const value = (q: number) => Number(from[axis * plane + q]);
      const [a, b] = [value(p + 1) - value(p), value(p + side) - value(p)];
      return [a, b, value(p) - a * at[0] - b * at[1]] as const;
    };
    return [row(0), row(1)];
  }
  return undefined;
}

/** A matrix in brackets, with its third row. */
export function matrixElement(matrix: Affine | undefined): HTMLElement {
  const rows = [...(matrix ?? []), [0, 0, 1]];
  const text = (value: number) => (Math.abs(value) < 5e-3 ? 0 : value).toFixed(2).replace("-", "−");
  const cells = rows.flatMap((row, i) =>
    row.map((value) => make("span", { text: i === 2 ? `${value}` : text(value) })),
  );
  const spoken = rows.map((row) => row.map((value) => value.toFixed(2)).join(", ")).join("; ");
  const attributes = { role: "img", "aria-label": words.matrixWithRows(spoken) };
  return matrix
    ? make("div", { class: "matrix", attributes }, ...cells)
    : make("p", { class: "hint", text: words.allOfComesFromOutside });
}
