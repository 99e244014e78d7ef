import { Experiments } from "../shared/experiments.ts";
import { experimentsOf } from "./experiments.ts";
import type { Picture } from "./picture.ts";

/** The guided experiments with these pictures, in their place on the page; `start` is called to run one. */
export const guided = (
  pictures: readonly Picture[],
  start: ConstructorParameters<typeof Experiments>[1],
): Experiments => new Experiments(experimentsOf(pictures), start);
