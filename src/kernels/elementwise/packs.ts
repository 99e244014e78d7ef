import { grid256 } from "../kernel.ts";

/** How many elements a lane takes: names of the files in shaders/elementwise/map and zip. */
export type Width = "one" | "four";

/** Four elements a lane where 4 divides their number, in whatever units `count` is: packs, their width and the grid. */
export function packs(count: number): {
  count: number;
  width: Width;
  grid: ReturnType<typeof grid256>;
} {
  const width = count % 4 === 0 ? "four" : "one";
  const packed = width === "four" ? count / 4 : count;
  return { count: packed, width, grid: grid256(packed) };
}
