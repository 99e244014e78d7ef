import { ShapeError, ValueError } from "../core/errors.ts";
import { show } from "../core/shape.ts";
import { checkArguments, signature } from "../core/signature.ts";
import { tensor } from "../tensor/create.ts";
import { tensorKind } from "../tensor/kinds.ts";
import { keep } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { indicesKind } from "./kinds.ts";
import { gatheredRows } from "./rows.ts";
import { checkIndices } from "./sets.ts";

/**
 * Samples and targets on the GPU as tensors, for example x [n, features] in f32 and labels y [n] in u32 or i32, or targets
 * in f32. A batch is gathered there; a training step uploads only its indices.
 *
 * @example
 * ```ts
 * import { tensor, zeros } from "wgrad";
 * import { DataLoader, TensorDataset } from "wgrad/data";
 * const set = new TensorDataset(zeros([6, 3]), tensor(new Uint32Array(6)));
 * console.log(new DataLoader(set, { batchSize: 4 }).batchesPerEpoch); // 2
 * ```
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

  /** x [n, ...] and y [n, ...], which the data set then owns. Throws `ShapeError` and `ValueError`. */
  constructor(x: Tensor, y: Tensor) {
    checkArguments(TensorDataset.signature, arguments);
    const [n] = x.shape;
    if (n === undefined || n === 0 || y.shape[0] !== n) {
      throw new ShapeError(
        `TensorDataset: expected x [n, ...] and y [n, ...] of the same n ≥ 1, got ${show(x.shape, "x")} and ${show(y.shape, "y")}; give every sample a target`,
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

  /** All samples, as given to the constructor. */
  get tensors(): readonly [x: Tensor, y: Tensor] {
    return [this.#x, this.#y];
  }

  /** x [b, ...] and y [b, ...] of these samples. Throws `ValueError` for an index out of range. */
  batch(indices: Uint32Array<ArrayBuffer>): { x: Tensor; y: Tensor } {
    checkArguments(batchOf, arguments);
    checkIndices("TensorDataset", this.length, indices);
    using index = tensor(indices, { name: "index", engine: this.#x.engine });
    return { x: gatheredRows(this.#x, index), y: gatheredRows(this.#y, index) };
  }

  /** Frees both tensors. */
  dispose(): void {
    this.#x.dispose();
    this.#y.dispose();
  }
}

const batchOf = /* @__PURE__ */ signature("TensorDataset.batch", { indices: indicesKind });
