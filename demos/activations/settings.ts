import { keyOf, whole, within } from "../shared/checks.ts";
import { type Start, starts } from "./depth/starts.ts";
import { activations, type Name, type Shape } from "./names.ts";

export interface Settings extends Shape {
  /** The two activations compared. */
  first: Name;
  second: Name;
  slope: number;
  alpha: number;
  beta: number;
  lambd: number;
  /** The x looked at, and how far the axis reaches to either side. */
  x: number;
  span: number;
  /** Initialisation and number of layers of the deep stack. */
  start: Start;
  depth: number;
  seed: number;
  /** Seed of the training. */
  steps: number;
  /** Learning rate, as log₁₀. */
  rate: number;
}

export const defaultSettings = {
  ...{ first: "relu", second: "sigmoid" },
  ...{ slope: 0.01, alpha: 1, beta: 1, lambd: 0.5, x: -1.5, span: 5 },
  ...{ start: "he", depth: 20, seed: 1, steps: 200, rate: -2 },
};

/** Throws for invalid settings, for example from the page's address. */
export function checkSettings(given: typeof defaultSettings): Settings {
  within("slope", given.slope, 0, 1);
  within("alpha", given.alpha, 0.1, 3);
  within("beta", given.beta, 0.2, 5);
  within("lambd", given.lambd, 0, 2);
  within("span", given.span, 0.5, 10);
  within("x", given.x, -10, 10);
  within("rate", given.rate, -4, 0);
  whole("depth", given.depth, 2, 40);
  whole("seed", given.seed, 0, 1e6);
  whole("steps", given.steps, 10, 5000);
  return {
    ...given,
    first: keyOf("first", given.first, activations),
    second: keyOf("second", given.second, activations),
    start: keyOf("start", given.start, starts),
  };
}
