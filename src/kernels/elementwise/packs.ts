import { grid256 } from "../kernel.ts";

/** Elements per lane: names of the files in shaders/elementwise/map and zip. */
export type Width = "one" | "four";

/** Four elements per lane if 4 divides `count`, in any unit: packs, their width and the grid. */
export function packs(count: number): {
  count: number;
  width: Width;
  grid: ReturnType<typeof grid256>;
} {
  const width = count % 4 === 0 ? "four" : "one";
  const packed = width === "four" ? count / 4 : count;
  return { count: packed, width, grid: grid256(packed) };
}
