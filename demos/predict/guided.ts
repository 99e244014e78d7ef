import { Experiments } from "../shared/experiments.ts";
import { experimentsOf } from "./experiments.ts";
import type { Picture } from "./picture.ts";

/** The guided experiments on these pictures, in their place on the page; `start` is told what to carry out. */
export const guided = (
  pictures: readonly Picture[],
  start: ConstructorParameters<typeof Experiments>[1],
): Experiments => new Experiments(experimentsOf(pictures), start);
