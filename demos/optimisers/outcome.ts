import type { Race, Track } from "./race.ts";
import { distance, type Surface } from "./surfaces.ts";

/** Distance to a minimum that counts as arrived. */
export const THERE = 1e-3;

/** Final state of a racer, as numbers. */
export function outcome(surface: Surface, { racer, points, losses, evaluations }: Track) {
  const end = points.at(-1) ?? [Number.NaN, Number.NaN];
  const reached = points.findIndex((point) => distance(surface, point) <= THERE);
  return {
    name: racer.name,
    x: end[0],
    y: end[1],
    loss: losses.at(-1) ?? Number.NaN,
    distance: distance(surface, end),
    /** Undefined if it never arrived. */
    stepsToReach: reached < 0 ? undefined : reached,
    evaluationsToReach: reached < 0 ? undefined : evaluations[reached],
    steps: points.length - 1,
    evaluations: evaluations.at(-1) ?? 0,
  };
}

/** Final point, loss and distance of each racer, by name. */
export function outcomes({ surface, tracks }: Race) {
  return Object.fromEntries(
    tracks.map((track) => {
      const { name, ...rest } = outcome(surface, track);
      return [name, rest] as const;
    }),
  );
}
