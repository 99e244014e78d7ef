import { sumPartials } from "../../kernels/reduce/sum_partials.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** The sum of partials over their first axis, written to `into` if it is given; frees the partials. */
export function totalOf(partials: Tensor, into: Tensor | undefined): Tensor {
  using all = partials;
  return run(sumPartials, { partials: all }, {}, { sum: into }).sum;
}
