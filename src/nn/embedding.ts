import { count, integer } from "../core/kinds.ts";
import { checkArguments, options, signature } from "../core/signature.ts";
import { place } from "../kernels/shape/place.ts";
import { section } from "../kernels/shape/views.ts";
import { type EmbeddingOptions, embedding, paddingRow } from "../ops/index/embedding.ts";
import { normal } from "../ops/random/random.ts";
import { full } from "../ops/shape/create.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { made } from "./module/made.ts";
import { Module } from "./module/module.ts";
import { parameter } from "./module/parameter.ts";

/**
 * A table of learned rows, looked up by indices (u32): torch.nn.Embedding. The weight [numEmbeddings, embeddingDim] is
 * drawn from a normal distribution with variance 1; the row of the padding index starts at zero and gets no gradient.
 * Throws `ValueError` for sizes below 1 or a paddingIdx outside the table.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const layer = new nn.Embedding(10, 4);
 * console.log(layer.forward(tensor(Uint32Array.of(1, 7))).shape); // [2, 4]
 * ```
 */
export class Embedding extends Module {
  static override readonly signature = /* @__PURE__ */ signature("Embedding", {
    numEmbeddings: count,
    embeddingDim: count,
    options: /* @__PURE__ */ options<EmbeddingOptions>({ paddingIdx: integer }),
  });
  /** The table, [numEmbeddings, embeddingDim]. */
  readonly weight: Tensor;
  /** Index of the padding row, from 0; undefined for none. */
  readonly paddingIdx: number | undefined;

  constructor(numEmbeddings: number, embeddingDim: number, given: EmbeddingOptions = {}) {
    super();
    checkArguments(Embedding.signature, arguments);
    const { paddingIdx } = given;
    this.paddingIdx = made(this, () => paddingRow(paddingIdx, numEmbeddings));
    this.weight = made(this, () => parameter(normal([numEmbeddings, embeddingDim])));
    if (this.paddingIdx === undefined) return;
    using zeros = full([1, embeddingDim], 0);
    const row = section(this.weight.shape, 0, this.paddingIdx, 1);
    run(place, { x: zeros, y: this.weight }, row);
  }

  override forward(indices: Tensor): Tensor {
    return embedding(indices, this.weight, { paddingIdx: this.paddingIdx });
  }
}
