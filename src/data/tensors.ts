import { ShapeError, ValueError } from "../core/errors.ts";
import { show } from "../core/shape.ts";
import { checkArguments, signature } from "../core/signature.ts";
import { gatherRows } from "../kernels/data/gather_rows.ts";
import { gatherRowsU32 } from "../kernels/data/gather_rows_u32.ts";
import { tensor } from "../tensor/create.ts";
import { tensorKind } from "../tensor/kinds.ts";
import { run } from "../tensor/run.ts";
import { keep } from "../tensor/scope.ts";
import { Tensor } from "../tensor/tensor.ts";
import { indicesKind } from "./kinds.ts";

/**
 * Samples and targets that live on the GPU as tensors, for example x [n, features] in f32 and labels y [n] in u32 or i32, or
 * targets in f32. A batch is gathered there; a training step uploads nothing but its indices.
 */
export class TensorDataset {
  static readonly signature = /* @__PURE__ */ signature("TensorDataset", {
    x: tensorKind,
    y: tensorKind,
  });

  /** Number of samples. */
  readonly length: number;
  readonly #x: Tensor;
  readonly #y: Tensor;

  /** x [n, ...] and y [n, ...], which belong to the data set from then on. Throws `ShapeError` and `ValueError`. */
  constructor(x: Tensor, y: Tensor) {
    checkArguments(TensorDataset.signature, arguments);
    const [n] = x.shape;
    if (n === undefined || n === 0 || y.shape[0] !== n) {
      throw new ShapeError(
        `TensorDataset: expected x [n, ...] and y [n, ...] of the same n ≥ 1, got ${show(x.shape, "x")} and ${show(y.shape, "y")}`,
      );
    }
    if (x.dtype === "f16" || y.dtype === "f16" || x.engine !== y.engine) {
      throw new ValueError(
        `TensorDataset: expected f32, i32 or u32 on one engine, got x in ${x.dtype} and y in ${y.dtype}` +
          `${x.engine === y.engine ? "; cast them first" : " on another; make both on the same"}`,
      );
    }
    this.length = n;
    this.#x = keep(x);
    this.#y = keep(y);
  }

  /** x [b, ...] and y [b, ...] of these samples. Throws `ValueError` for an index out of range. */
  batch(indices: Uint32Array<ArrayBuffer>): { x: Tensor; y: Tensor } {
    checkArguments(batchOf, arguments);
    const outside = indices.find((i) => i >= this.length);
    if (outside !== undefined) {
      throw new ValueError(
        `TensorDataset: expected indices below ${this.length}, got ${outside}; use new DataLoader(dataset)`,
      );
    }
    using index = tensor(indices, { name: "index", engine: this.#x.engine });
    return { x: rowsOf(this.#x, index), y: rowsOf(this.#y, index) };
  }

  /** Frees both tensors. */
  dispose(): void {
    this.#x.dispose();
    this.#y.dispose();
  }
}

const batchOf = /* @__PURE__ */ signature("TensorDataset.batch", { indices: indicesKind });

/** x[index, ...]. What is known of all labels holds for some of them. */
function rowsOf(x: Tensor, index: Tensor): Tensor {
  if (x.dtype === "f32") return run(gatherRows, { x, index }, {}).y;
  const { engine, dtype, bounds, name } = x;
  using bits = new Tensor({ engine, storage: x.storage, shape: x.shape, dtype: "u32", name });
  using rows = run(gatherRowsU32, { x: bits, index }, {}).y;
  return new Tensor({ engine, storage: rows.storage, shape: rows.shape, dtype, bounds, name });
}
