import type { Size, Two } from "../../core/shape.ts";
import { filled, type Interpolation, radians } from "./kinds.ts";
import type { Chance, TransformPart } from "./part.ts";

/** Magnitudes of the fourteen operations of automatic augmentation. */
export interface Magnitudes {
  /** Tangent of the maximum shear. */
  readonly shear: number;
  /** Maximum translation along x and y in cells, truncated to integers. */
  readonly shift: (size: Size) => Two;
  readonly degrees: number;
  /** Maximum distance of factors of brightness, saturation, contrast and sharpness from 1. */
  readonly factor: number;
  /** Number of levels of magnitudes with a sign, as in `leveled` of kernels/augment/draw.ts. */
  readonly signs: number;
  /** Range of the number of bits that are kept, and of the threshold of solarize; number of levels of both. */
  readonly bits: Two;
  readonly threshold: Two;
  readonly levels: number;
}

export interface Looks {
  readonly interpolation?: Interpolation;
  readonly fill?: number | readonly number[];
}

const both = (value: number): Two => [-value, value];
const NOTHING: Two = [0, 0];

/** Index of an operation among the fourteen; 13 is none. */
type ChanceFrom = (from: number, behind?: number) => Chance;

function turns(
  how: Magnitudes,
  { interpolation: mode = "nearest", fill = 0 }: Looks,
  at: ChanceFrom,
) {
  const { signs: levels, shear, degrees } = how;
  const outside = filled(fill);
  const corner = (sign: number, gate: Chance): TransformPart => ({
    ...{ kind: "geometry", gate, mode },
    step: (to) => ({ to, outside, move: [(sign * to[1]) / 2, (sign * to[0]) / 2] }),
  });
  const sheared = (slopes: readonly [Two, Two], gate: Chance): TransformPart => ({
    ...{ kind: "geometry", gate, mode },
    step: (to) => ({ to, outside, levels, shear: slopes }),
  });
  const shifted = (axis: 0 | 1, gate: Chance): TransformPart => ({
    ...{ kind: "geometry", gate, mode },
    step: (to) => {
      const by = both(how.shift(to)[axis]);
      return { to, outside, levels, shift: axis === 0 ? [by, NOTHING] : [NOTHING, by] };
    },
  });
  return [
    corner(-1, at(0, 2)), // sheared about the corner, as in torchvision
    sheared([both(shear), NOTHING], at(0)),
    sheared([NOTHING, both(shear)], at(1)),
    corner(1, at(0, 2)),
    shifted(0, at(2)),
    shifted(1, at(3)),
    {
      ...{ kind: "geometry", gate: at(4), mode },
      step: (to) => ({ to, outside, levels, angle: radians(both(degrees)) }),
    },
  ] satisfies TransformPart[];
}

/**
 * Applies one of torchvision's fourteen operations to each image: shears, translations and rotation, then colours, then
 * channels.
 */
export function oneOfFourteen(how: Magnitudes, looks: Looks): readonly TransformPart[] {
  const of = {};
  const at: ChanceFrom = (from, behind = from + 1) => ({
    choice: { of, range: [from / 14, behind / 14] },
  });
  const { signs, levels } = how;
  const factor = [1 - how.factor, 1 + how.factor] as const;
  const jitter = (which: number, gate: Chance): TransformPart => ({
    ...{ kind: "colour", name: "jitter", gate },
    options: {
      steps: [0, 1, 2, 3].map((k) => (k === which ? { factor, levels: signs } : undefined)),
    },
  });
  return [
    ...turns(how, looks, at),
    ...[jitter(0, at(5)), jitter(1, at(6)), jitter(2, at(7))],
    { ...{ kind: "colour", name: "posterize", gate: at(8) }, options: { bits: how.bits, levels } },
    {
      ...{ kind: "colour", name: "solarize", gate: at(9) },
      options: { threshold: how.threshold, levels },
    },
    { ...{ kind: "tone", name: "sharpen", gate: at(10) }, options: { factor, levels: signs } },
    { kind: "tone", name: "autocontrast", gate: at(11) },
    { kind: "tone", name: "equalize", gate: at(12) },
  ];
}
