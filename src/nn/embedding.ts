import { ValueError } from "../core/errors.ts";
import { place } from "../kernels/shape/place.ts";
import { section } from "../kernels/shape/views.ts";
import { full } from "../ops/create.ts";
import { type EmbeddingOptions, embedding, paddingRow } from "../ops/embedding.ts";
import { normal } from "../ops/random.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Module, parameter } from "./module.ts";

/**
 * A table of rows to be learned, looked up by indices (u32): torch.nn.Embedding. The weight [numEmbeddings, embeddingDim]
 * starts normal with variance 1; the padding's row starts as zeros and gets no gradient. Throws `ValueError` for sizes below
 * 1 or a paddingIdx that is no row.
 */
export class Embedding extends Module {
  readonly weight: Tensor;
  /** From 0; undefined without padding. */
  readonly paddingIdx: number | undefined;

  constructor(numEmbeddings: number, embeddingDim: number, { paddingIdx }: EmbeddingOptions = {}) {
    super();
    if (![numEmbeddings, embeddingDim].every((n) => Number.isInteger(n) && n >= 1)) {
      throw new ValueError(
        `Embedding: expected whole sizes ≥ 1, got ${numEmbeddings} rows of ${embeddingDim}; count the words and features`,
      );
    }
    this.paddingIdx = paddingRow(paddingIdx, numEmbeddings);
    this.weight = parameter(normal([numEmbeddings, embeddingDim]));
    if (this.paddingIdx === undefined) return;
    using zeros = full([1, embeddingDim], 0);
    const row = section(this.weight.shape, 0, this.paddingIdx, 1);
    run(place, { x: zeros, y: this.weight }, row);
  }

  override forward(indices: Tensor): Tensor {
    return embedding(indices, this.weight, { paddingIdx: this.paddingIdx });
  }
}
