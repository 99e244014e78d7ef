import {
  ColorJitter,
  Compose,
  GaussianNoise,
  RandomAffine,
  RandomErasing,
  RandomHorizontalFlip,
  type Transform,
} from "wgrad/data/transforms";
import type { Strengths } from "../settings.ts";

const looks = { interpolation: "bilinear", fill: 0 } as const;

/** Transforms that move pixels: one matrix for each picture. `fill` is the value outside of the picture. */
export function movesOf({ rotate, shift, zoom, shear, flip }: Strengths, fill = 0): Transform[] {
  const affine = new RandomAffine(rotate, {
    ...{ ...looks, fill, shear },
    translate: [shift, shift],
    scale: [1 - zoom, 1 + zoom],
  });
  return [affine, new RandomHorizontalFlip(flip)];
}

/** All transforms that the sliders set. */
export function wallTransform(strengths: Strengths): Transform {
  const { brightness, contrast, noise, erase } = strengths;
  return new Compose([
    ...movesOf(strengths),
    ...(brightness + contrast > 0 ? [new ColorJitter({ brightness, contrast })] : []),
    ...(noise > 0 ? [new GaussianNoise({ sigma: noise })] : []),
    ...(erase > 0 ? [new RandomErasing({ p: erase })] : []),
  ]);
}

/** Each geometric transform alone at full strength; shifts are always random. */
export function fullMoves({ rotate, zoom, shear, flip }: Strengths) {
  const affine = (degrees: number, more: object) =>
    new RandomAffine([degrees, degrees], { ...looks, ...more });
  return {
    rotate: affine(rotate, {}),
    zoom: affine(0, { scale: [1 + zoom, 1 + zoom] }),
    shear: affine(0, { shear: [shear, shear] }),
    flip: new RandomHorizontalFlip(flip > 0 ? 1 : 0),
  };
}
