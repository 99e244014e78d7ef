import { ValueError } from "../../core/errors.ts";
import { integer } from "../../core/kinds.ts";
import { checked } from "../../core/signature.ts";
import { nonzero as nonzeroKernel } from "../../kernels/index/nonzero.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { view } from "../../tensor/view.ts";
import { notEqual } from "../elementwise/compare.ts";
import { asFloat } from "../elementwise/operands.ts";
import { cumsum } from "../reduce/scan.ts";

/**
 * Coordinates (u32) of the first `count` elements that are not 0, in row-major order: torch.nonzero, [count, rank]. The
 * number of rows must be given because shapes must be known before anything runs. If fewer elements are not 0, the
 * remaining rows are 4294967295, for which `gather` and `indexSelect` give NaN and which `scatterAdd` ignores;
 * `sum(notEqual(x, 0))` counts them. No gradient. At most 2²⁴ elements. Throws `ShapeError`, `ValueError`.
 */
export const nonzero = /* @__PURE__ */ checked(
  "nonzero",
  { x: tensorKind, count: integer },
  (x: Tensor, count: number): Tensor => {
    if (count < 0)
      throw new ValueError(
        `nonzero: expected a count ≥ 0, got ${count}; it is the number of rows in the result`,
      );
    return asFloat(x, (float) => {
      using data = float.detach();
      using truth = notEqual(data, 0);
      using row = view(truth, [x.size]);
      using sums = cumsum(row, 0);
      using places = view(sums, x.shape);
      const { y } = run(nonzeroKernel, { x: data, places }, { rows: count });
      y.name = "nonzero";
      return y;
    });
  },
);
