import { keyOf, whole, within } from "../shared/checks.ts";
import { type FamilyName, families, type Shape } from "./curves/families.ts";

export interface Settings extends Shape {
  family: FamilyName;
  /** The error and the score to look at. */
  error: number;
  score: number;
  beta: number;
  delta: number;
  gamma: number;
  weight: number;
  /** Position of the outlier. */
  outlierX: number;
  outlierY: number;
  /** Steps of the lines' training. */
  steps: number;
  /** Initial score of the descents, and their learning rate. */
  start: number;
  rate: number;
  /** Logits of the three classes, and which one is true. */
  z0: number;
  z1: number;
  z2: number;
  truth: number;
  smoothing: number;
  /** Weight of the true class. */
  classWeight: number;
  /** Positions of anchor, positive and negative. */
  ax: number;
  ay: number;
  px: number;
  py: number;
  nx: number;
  ny: number;
  margin: number;
  swap: boolean;
}

export const defaultSettings = {
  family: "numbers",
  ...{ error: 2, score: -3, beta: 0.5, delta: 1.5, gamma: 2, weight: 1 },
  ...{ outlierX: 4, outlierY: -5, steps: 240 },
  ...{ start: -6, rate: 1 },
  ...{ z0: 2, z1: 0.5, z2: -1, truth: 1, smoothing: 0, classWeight: 1 },
  ...{ ax: -1, ay: -0.5, px: 1.2, py: 0.8, nx: -0.2, ny: 0.6 },
  ...{ margin: 1, swap: false },
};

const bounds = {
  ...{ error: [-3, 3], score: [-6, 6], beta: [0, 3], delta: [0.05, 3], gamma: [0, 5] },
  ...{
    weight: [0.1, 10],
    outlierX: [-5, 5],
    outlierY: [-6, 6],
    start: [-10, 10],
    rate: [0.01, 10],
  },
  ...{ z0: [-5, 5], z1: [-5, 5], z2: [-5, 5], smoothing: [0, 0.9], classWeight: [0.1, 10] },
  ...{ ax: [-2, 2], ay: [-1.5, 1.5], px: [-2, 2], py: [-1.5, 1.5], nx: [-2, 2], ny: [-1.5, 1.5] },
  margin: [0, 3],
} satisfies Partial<Record<keyof Settings, readonly [from: number, to: number]>>;

/** Throws for invalid settings, for example from the page's address. */
export function checkSettings(given: typeof defaultSettings): Settings {
  for (const [name, [from, to]] of Object.entries<readonly [number, number]>(bounds))
    within(name, given[name as keyof typeof bounds], from, to);
  whole("steps", given.steps, 8, 5000);
  whole("truth", given.truth, 0, 2);
  return {
    ...given,
    family: keyOf("family", given.family, families),
  };
}
