/** A sample on the plane; in a regression y is the target. */
export interface Sample {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

/** Left, right, bottom and top of the part that is shown. */
export type Domain = readonly [left: number, right: number, bottom: number, top: number];

/** Samples and the plane they are on. */
export interface Scene {
  samples: readonly Sample[];
  readonly domain: Domain;
  readonly axes: readonly [x: string, y: string];
  /** Names of the classes. */
  readonly names: readonly string[];
}

/** The plane for points that a visitor draws. */
export const PLANE: Domain = [-4, 4, -3.2, 3.2];

/** The most samples a visitor can draw. */
export const MOST = 2000;

/** A plane with a margin around the samples. */
export function around(samples: readonly Sample[]): Domain {
  const room = (values: readonly number[]): [number, number] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const margin = 0.08 * (high - low || 1);
    return [low - margin, high + margin];
  };
  return [...room(samples.map(({ x }) => x)), ...room(samples.map(({ y }) => y))];
}
