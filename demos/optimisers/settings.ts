import { type SurfaceName, surfaceNames } from "./surfaces.ts";

export interface Settings {
  readonly surface: SurfaceName;
  /** Steps of a race. */
  readonly steps: number;
}

export const defaultSettings = { surface: "rosenbrock", steps: 300 };

/** Throws for a surface that does not exist or a number of steps that cannot be. */
export function checkSettings({ surface, steps }: { surface: string; steps: number }): Settings {
  const name = surfaceNames.find((each) => each === surface);
  if (!name) {
    throw new Error(`?surface=${surface}: expected one of ${surfaceNames.join(", ")}`);
  }
  if (Number.isInteger(steps) && steps >= 1 && steps <= 5000) return { surface: name, steps };
  throw new Error(`?steps=${steps}: expected a whole number from 1 to 5000`);
}
