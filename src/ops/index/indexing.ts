import { differentiable } from "../../autograd/node.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { integer } from "../../core/kinds.ts";
import { normalizeAxis, sameShape, show } from "../../core/shape.ts";
import { checked } from "../../core/signature.ts";
import { gather as gatherKernel } from "../../kernels/index/gather.ts";
import type { Picking } from "../../kernels/index/walk.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { isInteger } from "../elementwise/operands.ts";
import { addAt, copyOf, zerosIn } from "./scatter.ts";

const picked = { x: tensorKind, axis: integer, index: tensorKind } as const;
const added = { x: tensorKind, axis: integer, index: tensorKind, src: tensorKind } as const;

/**
 * Converts an index to u32 and checks it as far as the host knows it. The bits of i32 are kept, so negative numbers are out
 * of range. The result shares the index's bytes; free it.
 */
export function indexFor(who: string, index: Tensor, length: number): Tensor {
  const { engine, storage, shape, dtype, bounds, name } = index;
  index.checkUsable(who);
  if (!isInteger(index)) {
    throw new ValueError(
      `${who}: expected an index of u32 or i32, got ${dtype} in ${show(shape, name)}; convert it with cast(index, "u32")`,
    );
  }
  const wrong = bounds?.find((value) => value < 0 || value >= length);
  if (wrong !== undefined) {
    throw new ValueError(
      `${who}: expected indices in 0..${length - 1}, got ${wrong} in ${show(shape, name)}; check them`,
    );
  }
  return new Tensor({ engine, storage, shape, dtype: "u32", bounds, name });
}

/** y = x picked along an axis; the gradient adds every dy to the element it was picked from. */
function pick(name: string, x: Tensor, axis: number, index: Tensor, by: Picking): Tensor {
  const k = normalizeAxis(name, axis, x.shape.length);
  using checked = indexFor(name, index, x.shape[k] as number);
  const missing = isInteger(x) ? 0 : Number.NaN;
  const { y } = run(gatherKernel, { x, index: checked }, { axis, by, missing });
  const { shape } = x;
  return differentiable(name, { x }, y, { index: checked }, (dy, saved, { x: dx }) => {
    if (!dx) return;
    const total = zerosIn(dy.engine, shape, dx.into);
    addAt(total, saved.index, dy, { axis, by });
    dx.add(total);
  });
}

/**
 * y[i][j][k] = x[i][index[i][j][k]][k] for axis 1: torch.gather. index (u32) has x's rank and is no longer than x along the
 * other axes; y has its shape. An index out of range is refused if the host knows it; otherwise it gives NaN (0 for
 * integers) and no gradient. The gradient is deterministic. Throws `ShapeError`, `ValueError`.
 *
 * @example
 * ```ts
 * import { gather, tensor } from "wgrad";
 * const index = tensor(Uint32Array.of(1, 0), { shape: [2, 1] });
 * console.log(await gather(tensor([[1, 2], [3, 4]]), 1, index).read()); // [2, 3]
 * ```
 */
export const gather = /* @__PURE__ */ checked(
  "gather",
  picked,
  (x: Tensor, axis: number, index: Tensor): Tensor => pick("gather", x, axis, index, "each"),
);

/** `gather` with x and index broadcast along the other axes: torch.take_along_dim. */
export const takeAlongDim = /* @__PURE__ */ checked(
  "takeAlongDim",
  { x: tensorKind, index: tensorKind, axis: integer },
  (x: Tensor, index: Tensor, axis: number): Tensor => pick("takeAlongDim", x, axis, index, "along"),
);

/**
 * Slices of x along an axis, in the order of index[n] (u32): torch.index_select. An index out of range is refused if the
 * host knows it; otherwise it gives NaN (0 for integers) and no gradient. Throws `ShapeError`, `ValueError`.
 */
export const indexSelect = /* @__PURE__ */ checked(
  "indexSelect",
  picked,
  (x: Tensor, axis: number, index: Tensor): Tensor => {
    if (index.shape.length === 1) return pick("indexSelect", x, axis, index, "rows");
    throw new ShapeError(
      `indexSelect: expected index[n], got ${show(index.shape, "index")}; flatten it, or use gather`,
    );
  },
);

/** y = x with src added at an index; dx = dy, dsrc = dy picked at the index, 0 for ignored elements. */
function addTo(
  name: string,
  { x, index, src }: { x: Tensor; index: Tensor; src: Tensor },
  axis: number,
  by: Picking,
): Tensor {
  const k = normalizeAxis(name, axis, x.shape.length);
  using checked = indexFor(name, index, x.shape[k] as number);
  const y = copyOf(x);
  addAt(y, checked, src, { axis, by });
  return differentiable(
    name,
    { x, src },
    y,
    { index: checked },
    (dy, saved, { x: dx, src: dsrc }) => {
      dx?.add(dy.detach());
      if (!dsrc) return;
      dsrc.add(
        run(gatherKernel, { x: dy, index: saved.index }, { axis, by, missing: 0 }, { y: dsrc.into })
          .y,
      );
    },
  );
}

/**
 * x with y[i][index[i][j][k]][k] += src[i][j][k] for axis 1: torch.scatter_add, out of place. index (u32) and src have one
 * shape. The order of additions is fixed, so the result is the same to the last bit every time, duplicates included. An
 * index out of range is refused if the host knows it, and ignored otherwise. Throws `ShapeError`, `ValueError`.
 */
export const scatterAdd = /* @__PURE__ */ checked(
  "scatterAdd",
  added,
  (x: Tensor, axis: number, index: Tensor, src: Tensor): Tensor => {
    if (!sameShape(index.shape, src.shape)) {
      throw new ShapeError(
        `scatterAdd: expected src of the index's shape ${show(index.shape)}, got ${show(src.shape, "src")}; slice it`,
      );
    }
    return addTo("scatterAdd", { x, index, src }, axis, "each");
  },
);

/**
 * x with src's slices along an axis added to the slices that index[n] (u32) names: torch.index_add, out of place. As
 * deterministic as `scatterAdd`; an index out of range is refused if the host knows it, and ignored otherwise. Throws
 * `ShapeError`, `ValueError`.
 */
export const indexAdd = /* @__PURE__ */ checked(
  "indexAdd",
  added,
  (x: Tensor, axis: number, index: Tensor, src: Tensor): Tensor => {
    const k = normalizeAxis("indexAdd", axis, x.shape.length);
    const expected = x.shape.map((n, a) => (a === k ? index.size : n));
    if (index.shape.length !== 1 || !sameShape(src.shape, expected)) {
      throw new ShapeError(
        `indexAdd: expected index[n] and src${show(expected)} for ${show(x.shape, "x")}, ` +
          `got ${show(index.shape, "index")} and ${show(src.shape, "src")}; give every index a slice`,
      );
    }
    return addTo("indexAdd", { x, index, src }, axis, "rows");
  },
);
