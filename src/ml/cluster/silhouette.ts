import { ValueError } from "../../core/errors.ts";
import { checkedAsync } from "../../core/signature.ts";
import { clusterSilhouette as silhouette } from "../../kernels/cluster/silhouette.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import { checkDistinct } from "../distinct.ts";
import { labels as labelsKind, samples as samplesKind } from "../kinds.ts";
import { type Label, type LabelInput, readLabelList } from "../labels.ts";
import { byLabel } from "../model_selection/folds.ts";
import { framed, frameOf } from "../points.ts";
import { readMatrix, type Samples } from "../samples.ts";

/**
 * How well every sample fits its cluster (Rousseeuw 1987), [samples] in [−1, 1]: (b − a) / max(a, b), with a its mean
 * distance from its own cluster and b that from the nearest other one; 0 for the only sample of a cluster. All pairs are
 * compared on the GPU, without storing distances. Throws `ValueError` unless there are at least 2 clusters and fewer than
 * samples.
 */
export const silhouetteSamples = /* @__PURE__ */ checkedAsync(
  "silhouetteSamples",
  { X: samplesKind, labels: labelsKind },
  (X: Samples, labels: LabelInput): Promise<Float32Array<ArrayBuffer>> =>
    silhouettes("silhouetteSamples", X, labels),
);

/**
 * Mean of `silhouetteSamples`: near 1 for dense, well separated clusters.
 *
 * @example
 * ```ts
 * import { silhouetteScore } from "wgrad/ml";
 * console.log(await silhouetteScore([[0], [1], [10], [11]], [0, 0, 1, 1])); // 0.8997
 * ```
 */
export const silhouetteScore = /* @__PURE__ */ checkedAsync(
  "silhouetteScore",
  { X: samplesKind, labels: labelsKind },
  async (X: Samples, labels: LabelInput): Promise<number> => {
    const each = await silhouettes("silhouetteScore", X, labels);
    return each.reduce((sum, s) => sum + s / each.length, 0);
  },
);

async function silhouettes(
  who: string,
  X: Samples,
  labels: LabelInput,
): Promise<Float32Array<ArrayBuffer>> {
  const matrix = await readMatrix(who, X);
  const frame = frameOf(matrix);
  checkDistinct(matrix, frame.shift);
  const { host, samples, features } = framed(matrix, frame);
  const clusters = byLabel<Label>(await readLabelList(who, labels, samples));
  if (clusters.length < 2 || clusters.length >= samples) {
    throw new ValueError(
      samples < 3
        ? `${who}: expected 3 samples or more, got ${samples}; silhouettes compare clusters of several`
        : `${who}: expected from 2 to ${samples - 1} clusters, got ${clusters.length}; change the number of clusters`,
    );
  }
  const order = clusters.flatMap(([, rows]) => rows);
  const quarters = Math.ceil(features / 4);
  const xt = new Float32Array(quarters * samples * 4);
  order.forEach((row, i) => {
    for (let c = 0; c < features; c++) {
      xt[((c >> 2) * samples + i) * 4 + (c & 3)] = host[row * features + c] as number;
    }
  });
  const starts = new Uint32Array(clusters.length + 1);
  clusters.forEach(([, rows], c) => {
    starts[c + 1] = (starts[c] as number) + rows.length;
  });
  const shape = [quarters, samples, 4];
  const s = scope(
    () => run(silhouette, { xt: tensor(xt, { shape }), starts: tensor(starts) }, {}).s,
  );
  try {
    const sorted = await s.read();
    const result = new Float32Array(samples);
    order.forEach((row, i) => {
      result[row] = sorted[i] as number;
    });
    return result;
  } finally {
    s.dispose();
  }
}
