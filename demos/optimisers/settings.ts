import * as words from "../words/en/optimisers/page.ts";
import { type Point, type SurfaceName, surfaceNames, surfaces } from "./surfaces.ts";

export interface Settings {
  readonly surface: SurfaceName;
  /** The start: "x,y", or "" for the surface's default. */
  readonly start: Point;
  /** Number of steps. */
  readonly steps: number;
}

/** `from`: the start, "x,y"; empty for the surface's default. */
export const defaultSettings = { surface: "rosenbrock", from: "", steps: 300 };

/** Throws for an unknown surface, a start that is not a point, or an invalid number of steps. */
export function checkSettings({ surface, from, steps }: typeof defaultSettings): Settings {
  const name = surfaceNames.find((each) => each === surface);
  if (!name) {
    throw new Error(words.surfaceExpectedOneOf(surface, surfaceNames.join(", ")));
  }
  const [x = Number.NaN, y = Number.NaN, ...more] = from.split(",").map(Number);
  if (from !== "" && !(Number.isFinite(x) && Number.isFinite(y) && more.length === 0)) {
    throw new Error(words.fromExpectedTwoNumbersWith(from));
  }
  const start: Point = from === "" ? surfaces[name].start : [x, y];
  if (Number.isInteger(steps) && steps >= 1 && steps <= 5000)
    return { surface: name, start, steps };
  throw new Error(words.stepsExpectedWholeNumber(steps));
}

/** Surface and start as parameters of the address. */
export function parametersOf(surface: SurfaceName, start: Point) {
  const usual = surfaces[surface].start;
  const moved = start.some((value, i) => value !== usual[i]);
  return { surface, from: moved ? start.map((v) => Number(v.toFixed(3))).join(",") : "" };
}
