import { ShapeError } from "../../core/errors.ts";
import { boolean, oneOf } from "../../core/kinds.ts";
import type { Size } from "../../core/shape.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import {
  channelsKind,
  filled,
  type Interpolation,
  interpolation,
  paddingKind,
  pairOf,
  positive,
  sizeKind,
} from "./kinds.ts";
import type { Outside } from "./part.ts";
import { Transform } from "./transform.ts";

type PaddingMode = "constant" | "edge" | "reflect" | "symmetric";

/** Options of `RandomCrop`; torchvision's names. */
export interface RandomCropOptions {
  /** Padding in cells: of all sides, [left and right, top and bottom], or [left, top, right, bottom]. Default 0. */
  readonly padding?: number | readonly number[];
  /** Padding with a colour (`fill`), the edge, or a reflection that repeats the edge or not. Default "constant". */
  readonly paddingMode?: PaddingMode;
  /** Colour of the padding: one number, or one per channel. Default 0. */
  readonly fill?: number | readonly number[];
  /** Whether images smaller than the crop are padded further, on both sides. Default false: they are refused. */
  readonly padIfNeeded?: boolean;
}

const outside = (mode: PaddingMode, fill: number | readonly number[]): Outside =>
  ({
    constant: filled(fill),
    edge: { padding: "border" },
    reflect: { padding: "reflection", reflectAt: "centre" },
    symmetric: { padding: "reflection", reflectAt: "rim" },
  })[mode] as Outside;

/**
 * Crops a random part of this size from the padded image; all positions are equally probable. Throws `ShapeError` if the
 * image is smaller.
 */
export class RandomCrop extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomCrop", {
    size: sizeKind,
    options: /* @__PURE__ */ options<RandomCropOptions>({
      padding: paddingKind,
      paddingMode: /* @__PURE__ */ oneOf("constant", "edge", "reflect", "symmetric"),
      fill: channelsKind,
      padIfNeeded: boolean,
    }),
  });

  constructor(size: number | Size, given: RandomCropOptions = {}) {
    checkArguments(RandomCrop.signature, arguments);
    const { padding = 0, paddingMode = "constant", fill = 0, padIfNeeded = false } = given;
    const [left = 0, top = left, right = left, bottom = top] = [padding].flat();
    const to = pairOf(size);
    const along = (n: number, cells: number, before: number, after: number) => {
      const short = Math.max(cells - n - before - after, 0);
      const first = before + short; // like torchvision, pad on both sides if the image is too small
      return { room: n + first + after + short - cells + 1, move: cells / 2 - n / 2 - first };
    };
    const step = ([h, w]: Size) => {
      const [wide, high] = [w + left + right, h + top + bottom];
      if (!padIfNeeded && (to[0] > high || to[1] > wide)) {
        throw new ShapeError(
          `RandomCrop: expected pictures of ${to.join(" × ")} at least after padding, got ${high} × ${wide}; set padIfNeeded or a ` +
            "larger padding",
        );
      }
      const [x, y] = [along(w, to[1], left, right), along(h, to[0], top, bottom)];
      const seen = outside(paddingMode, fill);
      return {
        ...{ to, room: [x.room, y.room] as const, move: [x.move, y.move] as const },
        outside: x.move < to[1] / 2 - w / 2 || y.move < to[0] / 2 - h / 2 ? seen : undefined,
      };
    };
    super("RandomCrop", [{ kind: "geometry", step }]);
  }
}

/** Offset of the centre crop of `cells` of n relative to the centre of n, rounded as in torchvision. */
function middle(n: number, cells: number): number {
  const room = (n - cells) / 2;
  const even = 2 * Math.round(room / 2);
  const first = Number.isInteger(room)
    ? room
    : Math.abs(room - even) === 0.5
      ? even
      : Math.round(room);
  return (n >= cells ? first : -Math.floor((cells - n) / 2)) + cells / 2 - n / 2;
}

/** Crops the centre of an image; an image that is smaller gets a border of 0. */
export class CenterCrop extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("CenterCrop", { size: sizeKind });

  constructor(size: number | Size) {
    checkArguments(CenterCrop.signature, arguments);
    const to = pairOf(size);
    const step = ([h, w]: Size) => ({
      ...{ to, move: [middle(w, to[1]), middle(h, to[0])] as const },
      outside: h < to[0] || w < to[1] ? filled(0) : undefined,
    });
    super("CenterCrop", [{ kind: "geometry", step }]);
  }
}

/** Options of `RandomResizedCrop`; torchvision's names. */
export interface RandomResizedCropOptions {
  /** Range of the crop's area, as a fraction of the image. Default [0.08, 1]. */
  readonly scale?: readonly [number, number];
  /** Range of width ÷ height. Default [3/4, 4/3]. */
  readonly ratio?: readonly [number, number];
  /** Interpolation between cells, without antialiasing. Default "bilinear". */
  readonly interpolation?: Interpolation;
}

/** Crops a random part of random area and aspect ratio and resizes it, in one resampling of the whole image. */
export class RandomResizedCrop extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomResizedCrop", {
    size: sizeKind,
    options: /* @__PURE__ */ options<RandomResizedCropOptions>({
      ...{ scale: positive, ratio: positive, interpolation },
    }),
  });

  constructor(size: number | Size, given: RandomResizedCropOptions = {}) {
    checkArguments(RandomResizedCrop.signature, arguments);
    const { scale: area = [0.08, 1], ratio = [3 / 4, 4 / 3] } = given;
    const step = () => ({ to: pairOf(size), box: { area, ratio } });
    const mode = given.interpolation ?? "bilinear";
    super("RandomResizedCrop", [{ kind: "geometry", mode, step }]);
  }
}

/** Options of `Resize`; torchvision's names. */
export interface ResizeOptions {
  /** Interpolation between cells. Default "bilinear". */
  readonly interpolation?: Interpolation;
  /** Whether all cells under an output are averaged when images become smaller; not with "nearest". Default true. */
  readonly antialias?: boolean;
}

/**
 * Resizes images to [height, width], or so that the shorter side has this many cells. With antialiasing it takes two
 * dispatches; without, it shares a resampling with neighbouring steps.
 */
export class Resize extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("Resize", {
    size: sizeKind,
    options: /* @__PURE__ */ options<ResizeOptions>({ interpolation, antialias: boolean }),
  });

  constructor(size: number | Size, given: ResizeOptions = {}) {
    checkArguments(Resize.signature, arguments);
    const { interpolation: mode = "bilinear", antialias = true } = given;
    const sizeOf = ([h, w]: Size): Size => {
      if (typeof size !== "number") return size;
      const long = Math.trunc((size * Math.max(h, w)) / Math.min(h, w));
      return h <= w ? [size, long] : [long, size];
    };
    const step = ([h, w]: Size) => {
      const to = sizeOf([h, w]);
      return { to, zoom: [w / to[1], h / to[0]] as const };
    };
    super("Resize", [
      antialias && mode !== "nearest"
        ? { kind: "resize", mode, sizeOf }
        : { kind: "geometry", mode, step },
    ]);
  }
}
