import { size } from "../../core/shape.ts";
import { reference as fillReference } from "../../kernels/elementwise/fill.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { full, fullLike, ones, onesLike, zeros, zerosLike } from "./create.ts";

/** Cases of a matrix, a scalar and an empty tensor. */
function filled(run: (shape: readonly number[]) => ReturnType<typeof full>, value: number) {
  return [[3, 5], [], [2, 0]].map(
    (shape): OpCase => ({
      name: `[${shape.join(", ")}], ${size(shape)} elements`,
      inputs: [],
      run: () => run(shape),
      reference: () => fillReference({}, { shape, value }).y,
      shape,
      tolerance: "exact",
    }),
  );
}

/** Cases like a matrix, a scalar, integers of both dtypes, and an empty tensor; a float that requires a gradient gets none. */
const like = (run: (x: Tensor) => Tensor, value: number): OpCase[] =>
  (["f32", "i32", "u32"] as const).flatMap((dtype) =>
    [[3, 5], [], [0, 2]].map(
      (shape): OpCase => ({
        name: `${dtype} [${shape.join(", ")}]`,
        inputs: [{ shape, dtype, fill: (i) => i, grad: false }],
        run,
        reference: (x) => new Array<number>(x.data.length).fill(value),
        shape,
        tolerance: "exact",
      }),
    ),
  );

export const cases: OpCases = {
  full: filled((shape) => full(shape, -2.5), -2.5),
  zeros: filled(zeros, 0),
  ones: filled(ones, 1),
  fullLike: like((x) => fullLike(x, 7), 7),
  zerosLike: like(zerosLike, 0),
  onesLike: like(onesLike, 1),
};
