import { ValueError } from "../../core/errors.ts";
import { boolean, finite, optional } from "../../core/kinds.ts";
import type { Size, Two } from "../../core/shape.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { probability } from "../../nn/kinds.ts";
import {
  aroundZero,
  channelsKind,
  checkWithin,
  filled,
  type Interpolation,
  interpolation,
  positive,
  radians,
  range,
  symmetric,
} from "./kinds.ts";
import type { GeometryPart } from "./part.ts";
import { Transform } from "./transform.ts";

const chance = { p: /* @__PURE__ */ optional(probability) };

/** Mirrors an image left to right with probability p (default 0.5). */
export class RandomHorizontalFlip extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomHorizontalFlip", chance);

  constructor(p = 0.5) {
    checkArguments(RandomHorizontalFlip.signature, arguments);
    const step = (to: Two) => ({ to, zoom: [-1, 1] as const });
    super("RandomHorizontalFlip", [{ kind: "geometry", gate: { p }, step }]);
  }
}

/** Mirrors an image top to bottom with probability p (default 0.5). */
export class RandomVerticalFlip extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomVerticalFlip", chance);

  constructor(p = 0.5) {
    checkArguments(RandomVerticalFlip.signature, arguments);
    const step = (to: Two) => ({ to, zoom: [1, -1] as const });
    super("RandomVerticalFlip", [{ kind: "geometry", gate: { p }, step }]);
  }
}

/** Interpolation and fill colour of rotated images. */
export interface RotationOptions {
  /** Interpolation between cells; if several steps share one resampling, the best is used. Default "nearest". */
  readonly interpolation?: Interpolation;
  /** Value outside the image: one number, or one per channel. Default 0. */
  readonly fill?: number | readonly number[];
}

const look = { interpolation, fill: channelsKind };

/** Options of `RandomRotation`; torchvision's names. */
export interface RandomRotationOptions extends RotationOptions {
  /** Centre of the rotation: [x, y] in cells from the upper left corner. Default: the image's centre. */
  readonly center?: Two;
  /**
   * Whether images are enlarged to contain the whole rotated image at every possible angle: all images of a batch have the
   * same size. Only about the image's centre. Default false: the size does not change.
   */
  readonly expand?: boolean;
}

const pointKind = {
  expected: "a point [x, y] in cells",
  accepts: (value: unknown) =>
    Array.isArray(value) && value.length === 2 && value.every(finite.accepts),
};

/** A step about a point: translate it to the origin, apply the step, and translate back. */
function about(center: Two | undefined, turn: GeometryPart): GeometryPart[] {
  if (!center) return [turn];
  const move = (sign: number): GeometryPart => ({
    ...turn,
    step: (to) => ({
      ...{ to, outside: turn.step(to).outside },
      move: [sign * (center[0] - to[1] / 2), sign * (center[1] - to[0] / 2)],
    }),
  });
  return [move(1), turn, move(-1)];
}

/** The size that contains an image of this size, rotated by any angle of a range in radians, rounded as in torchvision. */
function holding([h, w]: Size, [low, high]: Two): Size {
  const along = (a: number, b: number) => {
    const diagonal = Math.atan2(b, a); // at ±diagonal + k·π the rotated image is widest
    const widest = [-1, 1].flatMap((sign) => {
      const k = Math.ceil((low - sign * diagonal) / Math.PI);
      return [sign * diagonal + k * Math.PI].filter((angle) => angle <= high);
    });
    const half = [low, high, ...widest].map(
      (angle) => (Math.abs(a * Math.cos(angle)) + Math.abs(b * Math.sin(angle))) / 2,
    );
    const cells = (value: number) => Math.trunc(value / 1e-4) * 1e-4;
    const far = Math.max(...half);
    return Math.ceil(cells(a / 2 + far)) - Math.floor(cells(a / 2 - far));
  };
  return [along(h, w), along(w, h)];
}

/**
 * Rotates an image counterclockwise about its centre or another point, by a random angle of [−degrees, degrees] or of a
 * pair.
 */
export class RandomRotation extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomRotation", {
    degrees: aroundZero,
    options: /* @__PURE__ */ options<RandomRotationOptions>({
      ...{ center: pointKind, expand: boolean },
      ...look,
    }),
  });

  /** Throws `ValueError` for `expand` with a `center`. */
  constructor(degrees: number | Two, given: RandomRotationOptions = {}) {
    checkArguments(RandomRotation.signature, arguments);
    const { interpolation: mode = "nearest", fill = 0, center, expand = false } = given;
    if (expand && center) {
      throw new ValueError(
        "RandomRotation: expected expand or center, got both; expand needs a rotation about the centre of the image",
      );
    }
    const [low, high] = radians(symmetric(degrees));
    const step = (size: Size) => ({
      ...{ to: expand ? holding(size, [low, high]) : size, angle: [-high, -low] as const },
      outside: filled(fill),
    });
    super("RandomRotation", about(center, { kind: "geometry", mode, step }));
  }
}

/** Options of `RandomAffine`; torchvision's names. */
export interface AffineOptions extends RotationOptions {
  /** Maximum translation along x and y, as fractions of width and height; in whole cells. Default none. */
  readonly translate?: Two;
  /** Centre of rotation, shear and scaling: [x, y] in cells from the upper left corner. Default: the image's centre. */
  readonly center?: Two;
  /** Range of the scaling factor. Default [1, 1]. */
  readonly scale?: Two;
  /** Range of shears in degrees along x, from −shear to shear or a pair, and along y. Default none. */
  readonly shear?: number | Two | readonly [number, number, number, number];
}

const parts = {
  expected: "a pair of numbers in [0, 1]",
  accepts: (value: unknown) =>
    Array.isArray(value) && value.length === 2 && value.every(probability.accepts),
};

const shearKind = {
  expected: "a number ≥ 0, a pair [low, high], or two pairs in one array of four",
  accepts: (value: unknown) =>
    aroundZero.accepts(value) ||
    (Array.isArray(value) &&
      value.length === 4 &&
      range.accepts(value.slice(0, 2)) &&
      range.accepts(value.slice(2))),
};

/**
 * Rotates an image clockwise about its centre or another point, shears and scales it, and translates it by whole cells; the
 * size does not change.
 */
export class RandomAffine extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomAffine", {
    degrees: aroundZero,
    options: /* @__PURE__ */ options<AffineOptions>({
      ...{ translate: parts, scale: positive, shear: shearKind, center: pointKind },
      ...look,
    }),
  });

  /** Throws `ValueError` for shears of 90° and more. */
  constructor(degrees: number | Two, given: AffineOptions = {}) {
    checkArguments(RandomAffine.signature, arguments);
    const { interpolation: mode = "nearest", fill = 0, scale = [1, 1], shear = 0 } = given;
    const [dx, dy] = given.translate ?? [0, 0];
    const [a, b, c = 0, d = 0] = typeof shear === "number" ? symmetric(shear) : shear;
    checkWithin("RandomAffine", "shear", [Math.min(a, c), Math.max(b, d)], [-89, 89]);
    const step = (to: Two) => ({
      ...{ to, scale, angle: radians(symmetric(degrees)), outside: filled(fill) },
      shear: [radians([a, b]), radians([c, d])] as const,
      shift: [symmetric(dx * to[1]), symmetric(dy * to[0])] as const,
    });
    super("RandomAffine", about(given.center, { kind: "geometry", mode, step }));
  }
}

/** Options of `RandomPerspective`; torchvision's names. */
export interface PerspectiveOptions extends RotationOptions {
  /** Maximum distance by which corners move inwards, as a fraction of half the image. Default 0.5. */
  readonly distortionScale?: number;
  /** Probability. Default 0.5. */
  readonly p?: number;
}

/** Applies a random perspective to an image: its corners move inwards by whole cells. */
export class RandomPerspective extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomPerspective", {
    options: /* @__PURE__ */ options<PerspectiveOptions>({
      ...{ distortionScale: probability, p: probability },
      ...look,
    }),
  });

  constructor(given: PerspectiveOptions = {}) {
    checkArguments(RandomPerspective.signature, arguments);
    const { distortionScale: distortion = 0.5, p = 0.5, fill = 0 } = given;
    const step = (to: Two) => ({ to, distortion, outside: filled(fill) });
    const mode = given.interpolation ?? "bilinear";
    super("RandomPerspective", [{ kind: "geometry", mode, gate: { p }, step }]);
  }
}
