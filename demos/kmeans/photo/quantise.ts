import { type FitControl, KMeans } from "wgrad/ml";
import type { Picture } from "./picture.ts";
import { coloursOf, errorOf, sampleOf, sharesOf } from "./sample.ts";

/** A picture reduced to few colours. */
export interface Quantised {
  readonly picture: Picture;
  /** [colours, 3], 0 to 255, the most frequent first. */
  readonly palette: Float32Array;
  /** Share of the pixels that have each colour. */
  readonly shares: readonly number[];
  /** The picture in these colours. */
  readonly image: ImageData;
  /** Mean distance between a pixel's colour and its palette colour, on a scale of 255 a channel. */
  readonly error: number;
  /** Mean squared distance in the sample from which the palette was computed. */
  readonly sampleError: number;
  readonly sample: number;
  readonly iterations: number;
  /** Seconds to find the palette, and to assign a palette colour to every pixel. */
  readonly seconds: { readonly fit: number; readonly apply: number };
}

/** Finds a palette of `colours` colours from `count` pixels (0: all), and draws the picture in it. */
export async function quantise(
  picture: Picture,
  { colours, count }: { readonly colours: number; readonly count: number },
  options: FitControl,
): Promise<Quantised> {
  const all = coloursOf(picture.image.data);
  const sample = sampleOf(all, count);
  const n = sample.length / 3;
  const began = performance.now();
  const nClusters = Math.min(colours, n);
  const model = await new KMeans({ nClusters }).fit({ data: sample, shape: [n, 3] }, options);
  const fitted = performance.now();
  const labels = await model.predict({ data: all, shape: [all.length / 3, 3] });
  const applied = performance.now();
  options.signal?.throwIfAborted();
  const ordered = byShare(model.clusterCenters, labels);
  return {
    picture,
    ...ordered,
    image: draw(picture.image, ordered.labels, ordered.palette),
    error: errorOf(all, ordered.labels, ordered.palette).distance,
    sampleError: model.inertia / n,
    sample: n,
    iterations: model.nIter,
    seconds: { fit: (fitted - began) / 1000, apply: (applied - fitted) / 1000 },
  };
}

/** Reorders palette and labels so that the most frequent colour is first. */
function byShare(centres: ArrayLike<number>, labels: ArrayLike<number>) {
  const k = centres.length / 3;
  const shares = sharesOf(labels, k);
  const order = shares.map((_, i) => i).sort((a, b) => Number(shares[b]) - Number(shares[a]));
  const rank = new Uint8Array(k);
  order.forEach((from, to) => {
    rank[from] = to;
  });
  return {
    palette: Float32Array.from(
      order.flatMap((i) => [0, 1, 2].map((c) => Number(centres[3 * i + c]))),
    ),
    shares: order.map((i) => Number(shares[i])),
    labels: Uint8Array.from(labels, (label) => Number(rank[label])),
  };
}

function draw({ width, height }: ImageData, labels: Uint8Array, palette: Float32Array): ImageData {
  const image = new ImageData(width, height);
  for (let i = 0; i < labels.length; i++) {
    const at = 3 * Number(labels[i]);
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = Number(palette[at + c]);
    image.data[4 * i + 3] = 255;
  }
  return image;
}
