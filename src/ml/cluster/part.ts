import { ShapeError, ValueError } from "../../core/errors.ts";
import type { Random } from "../../core/rng.ts";
import { columnsOf, frameOf } from "../points.ts";
import { type HostMatrix, readMatrix, type Samples } from "../samples.ts";
import { FittedKMeans } from "./fitted_k_means.ts";
import { firstCentres, type Init, nearest } from "./seeding.ts";

/** A part of the samples, and the model from the previous parts. */
export interface SamplesPart {
  readonly X: Samples;
  readonly k: number;
  readonly init: Init;
  readonly random: Random;
  readonly model: FittedKMeans | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A step of mini-batch K-Means (Sculley 2010) on a part of the samples, which is not kept. */
export async function nextPart({
  X,
  k,
  init,
  random,
  model,
  signal,
}: SamplesPart): Promise<FittedKMeans> {
  const who = "MiniBatchKMeans.partialFit";
  const matrix = await readMatrix(who, X);
  check(who, matrix, k, model);
  const before = model?.clusterCenters ?? new Float64Array(0);
  const frame = frameOf(together(matrix, before));
  const points = columnsOf(matrix, frame);
  try {
    const first = model ? before : await firstCentres(init, matrix, points, k, random, signal);
    const { labels } = await nearest(points, matrix, first);
    const { centres, counts } = means(matrix, labels, first, model?.counts);
    const found = await nearest(points, matrix, centres);
    const inertia = found.squares.reduce((a, b) => a + b, 0);
    const saved = {
      ...{ estimator: "MiniBatchKMeans", features: matrix.features, clusterCenters: [...centres] },
      ...{ shift: [...frame.shift], scale: frame.scale, inertia, counts: [...counts] },
      nIter: (model?.nIter ?? 0) + 1,
    };
    return new FittedKMeans(saved, found.labels);
  } finally {
    points.xt.dispose();
  }
}

function check(who: string, { samples, features }: HostMatrix, k: number, model?: FittedKMeans) {
  if (!model) {
    if (samples >= k) return;
    throw new ValueError(
      `${who}: expected as many samples as clusters in the first part, ${k}, got ${samples}; pass more of them at first`,
    );
  }
  if (model.estimator !== "MiniBatchKMeans" || model.counts.length !== k) {
    throw new ValueError(
      `${who}: expected a model of MiniBatchKMeans with ${k} clusters, got one of ${model.estimator} with ` +
        `${model.counts.length || "no counts of"} clusters; pass the result of the previous part`,
    );
  }
  if (features * k === model.clusterCenters.length) return;
  throw new ShapeError(
    `${who}: expected ${model.clusterCenters.length / k} features, as in the parts before, got ${features}; pass the same columns`,
  );
}

/** Samples, followed by centres as further samples. */
function together(matrix: HostMatrix, centres: Float64Array): HostMatrix {
  const host = new Float64Array(matrix.host.length + centres.length);
  host.set(matrix.host);
  host.set(centres, matrix.host.length);
  return { ...matrix, samples: host.length / matrix.features, host };
}

/** The mean (n c + Σ x) / (n + samples) of every centre and the samples with its label. */
function means(
  { host, features: d }: HostMatrix,
  labels: Uint32Array,
  centres: Float64Array,
  before: Float64Array | undefined,
) {
  const counts = Float64Array.from({ length: centres.length / d }, (_, c) => before?.[c] ?? 0);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  const next = Float64Array.from(centres);
  labels.forEach((label, i) => {
    for (let j = 0; j < d; j++) {
      const at = label * d + j;
      const away = (host[i * d + j] as number) - (centres[at] as number);
      next[at] = (next[at] as number) + away / (counts[label] as number);
    }
  });
  return { centres: next, counts };
}
