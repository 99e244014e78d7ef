import { ValueError } from "../../core/errors.ts";
import { boolean, finite, optional } from "../../core/kinds.ts";
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
import type { Geometry, Size } from "./part.ts";
import { Transform } from "./transform.ts";

type Pair = readonly [number, number];

const chance = { p: /* @__PURE__ */ optional(probability) };

/** Mirrors a picture left to right with probability p, by default one half. */
export class RandomHorizontalFlip extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomHorizontalFlip", chance);

  constructor(p = 0.5) {
    checkArguments(RandomHorizontalFlip.signature, arguments);
    const step = (to: Pair) => ({ to, zoom: [-1, 1] as const });
    super("RandomHorizontalFlip", [{ kind: "geometry", gate: { p }, step }]);
  }
}

/** Mirrors a picture top to bottom with probability p, by default one half. */
export class RandomVerticalFlip extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomVerticalFlip", chance);

  constructor(p = 0.5) {
    checkArguments(RandomVerticalFlip.signature, arguments);
    const step = (to: Pair) => ({ to, zoom: [1, -1] as const });
    super("RandomVerticalFlip", [{ kind: "geometry", gate: { p }, step }]);
  }
}

/** How turned pictures are made. */
export interface RotationOptions {
  /** How values between cells are found; in one resampling with others the finest counts. Default "nearest". */
  readonly interpolation?: Interpolation;
  /** What lies outside: a number, or one a channel. Default 0. */
  readonly fill?: number | readonly number[];
}

const look = { interpolation, fill: channelsKind };

/** How pictures are rotated; torchvision's names. */
export interface RandomRotationOptions extends RotationOptions {
  /** [x, y] in cells from the upper left corner, about which pictures turn. Default their centre. */
  readonly center?: Pair;
  /**
   * Whether pictures become as large as it takes to hold all of them at every angle that may come: all pictures of a batch are
   * of one size. About the centre alone. Default false: the size stays.
   */
  readonly expand?: boolean;
}

const pointKind = {
  expected: "a point [x, y] in cells",
  accepts: (value: unknown) =>
    Array.isArray(value) && value.length === 2 && value.every(finite.accepts),
};

/** A step about a point: moved there, done, and moved back. */
function about(center: Pair | undefined, turn: Geometry): Geometry[] {
  if (!center) return [turn];
  const move = (sign: number): Geometry => ({
    ...turn,
    step: (to) => ({
      ...{ to, outside: turn.step(to).outside },
      move: [sign * (center[0] - to[1] / 2), sign * (center[1] - to[0] / 2)],
    }),
  });
  return [move(1), turn, move(-1)];
}

/** The size that holds pictures of a size, turned by any angle of a range in radians, rounded as torchvision does. */
function holding([h, w]: Size, [low, high]: Pair): Size {
  const along = (a: number, b: number) => {
    const diagonal = Math.atan2(b, a); // at ±diagonal + k·π a picture is as wide as it gets
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

/** Turns a picture about its centre or another point, against the clock, by an angle of [−degrees, degrees] or of a pair. */
export class RandomRotation extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomRotation", {
    degrees: aroundZero,
    options: /* @__PURE__ */ options<RandomRotationOptions>({
      ...{ center: pointKind, expand: boolean },
      ...look,
    }),
  });

  /** Throws `ValueError` for `expand` with a `center`. */
  constructor(degrees: number | Pair, given: RandomRotationOptions = {}) {
    checkArguments(RandomRotation.signature, arguments);
    const { interpolation: mode = "nearest", fill = 0, center, expand = false } = given;
    if (expand && center) {
      throw new ValueError(
        "RandomRotation: expected expand or center, got both; what is turned about another point has no size that holds it",
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

/** How pictures are moved; torchvision's names. */
export interface AffineOptions extends RotationOptions {
  /** Greatest shifts along x and y, as parts of width and height; by whole cells. Default none. */
  readonly translate?: Pair;
  /** [x, y] in cells from the upper left corner, about which pictures turn, shear and scale. Default their centre. */
  readonly center?: Pair;
  /** Factors of the size. Default [1, 1]. */
  readonly scale?: Pair;
  /** Degrees along x, from −shear to shear or a pair, and along y. Default none. */
  readonly shear?: number | Pair | readonly [number, number, number, number];
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

/** Turns a picture about its centre or another point, with the clock, shears and scales it, and moves it by whole cells; the size stays. */
export class RandomAffine extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomAffine", {
    degrees: aroundZero,
    options: /* @__PURE__ */ options<AffineOptions>({
      ...{ translate: parts, scale: positive, shear: shearKind, center: pointKind },
      ...look,
    }),
  });

  /** Throws `ValueError` for shears of 90° and more. */
  constructor(degrees: number | Pair, given: AffineOptions = {}) {
    checkArguments(RandomAffine.signature, arguments);
    const { interpolation: mode = "nearest", fill = 0, scale = [1, 1], shear = 0 } = given;
    const [dx, dy] = given.translate ?? [0, 0];
    const [a, b, c = 0, d = 0] = typeof shear === "number" ? symmetric(shear) : shear;
    checkWithin("RandomAffine", "shear", [Math.min(a, c), Math.max(b, d)], [-89, 89]);
    const step = (to: Pair) => ({
      ...{ to, scale, angle: radians(symmetric(degrees)), outside: filled(fill) },
      shear: [radians([a, b]), radians([c, d])] as const,
      shift: [symmetric(dx * to[1]), symmetric(dy * to[0])] as const,
    });
    super("RandomAffine", about(given.center, { kind: "geometry", mode, step }));
  }
}

/** How pictures are seen from another side; torchvision's names. */
export interface PerspectiveOptions extends RotationOptions {
  /** How far corners move inwards at most, as a part of half the picture. Default 0.5. */
  readonly distortionScale?: number;
  /** Probability. Default 0.5. */
  readonly p?: number;
}

/** A picture as seen from another side: its corners move inwards by random whole cells. */
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
    const step = (to: Pair) => ({ to, distortion, outside: filled(fill) });
    const mode = given.interpolation ?? "bilinear";
    super("RandomPerspective", [{ kind: "geometry", mode, gate: { p }, step }]);
  }
}
