import { type FloatMatrix, PCA, StandardScaler } from "wgrad/ml";
import { type Clothes, SIDE } from "../../resnet/data.ts";
import { uniform } from "../../shared/random.ts";
import type { Samples } from "./methods.ts";

/** Two kinds of clothing that are often confused: the common one and the rare one. */
const KINDS = [0, 6] as const;

/** Training pictures of the common kind; there are fifty for each of the rare kind. */
const COMMON = 500;
const RARE = 10;

/** Principal components of a picture. */
const COMPONENTS = 16;

/** Two kinds of clothing, 1 : 50 in training. */
export interface RareClothes {
  readonly train: Samples;
  /** 500 of each kind, none of which is ever in `train`. */
  readonly heldOut: Samples;
}

/** Averages blocks of 2 × 2 pixels: 196 numbers from 0 to 1. */
function coarse(pixels: Uint8Array): number[] {
  const half = SIDE / 2;
  return Array.from({ length: half * half }, (_, i) => {
    const at = 2 * SIDE * Math.floor(i / half) + 2 * (i % half);
    const four = [at, at + 1, at + SIDE, at + SIDE + 1];
    return four.reduce((sum, p) => sum + Number(pixels[p]), 0) / (4 * 255);
  });
}

/**
 * Pictures as principal components of deviation 1, computed from the training pictures alone. The seed selects the
 * training pictures.
 */
export async function rareClothes(clothes: Clothes, seed: number): Promise<RareClothes> {
  const random = uniform(seed);
  const [common = [], rare = []] = KINDS.map((kind) => placesOf(clothes.labels, kind));
  const trained = [
    ...chosen(common.slice(0, 500), COMMON, random),
    ...chosen(rare.slice(0, 500), RARE, random),
  ];
  const tested = [...common.slice(500, 1000), ...rare.slice(500, 1000)];
  const pixels = (places: readonly number[]) => places.map((i) => coarse(clothes.pixels(i)));
  const pca = await new PCA({ nComponents: COMPONENTS }).fit(pixels(trained));
  const known = await pca.transform(pixels(trained));
  const scaler = await new StandardScaler().fit(known);
  const labels = (places: readonly number[]) =>
    places.map((i) => (clothes.labels[i] === KINDS[1] ? 1 : 0));
  const scaled = (X: FloatMatrix) => scaler.transform(X);
  return {
    train: { X: await scaled(known), y: labels(trained) },
    heldOut: { X: await scaled(await pca.transform(pixels(tested))), y: labels(tested) },
  };
}

const placesOf = (labels: Uint8Array, kind: number) =>
  [...labels.keys()].filter((i) => labels[i] === kind);

/** Draws some of a list without repetition. */
function chosen(list: readonly number[], count: number, random: () => number): number[] {
  const left = [...list];
  return Array.from(
    { length: count },
    () => left.splice(Math.floor(random() * left.length), 1)[0] as number,
  );
}
