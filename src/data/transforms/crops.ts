import { ShapeError } from "../../core/errors.ts";
import { boolean, oneOf } from "../../core/kinds.ts";
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
import type { Outside, Size } from "./part.ts";
import { Transform } from "./transform.ts";

type PaddingMode = "constant" | "edge" | "reflect" | "symmetric";

/** How pictures are padded before they are cropped; torchvision's names. */
export interface RandomCropOptions {
  /** Cells: of all sides, [left and right, top and bottom], or [left, top, right, bottom]. Default 0. */
  readonly padding?: number | readonly number[];
  /** A colour (`fill`), the edge, or the reflection with and without the edge once more. Default "constant". */
  readonly paddingMode?: PaddingMode;
  /** A number, or one a channel. Default 0. */
  readonly fill?: number | readonly number[];
  /** Whether pictures that are smaller than the crop are padded further, on both sides. Default false: they are refused. */
  readonly padIfNeeded?: boolean;
}

const outside = (mode: PaddingMode, fill: number | readonly number[]): Outside =>
  ({
    constant: filled(fill),
    edge: { padding: "border" },
    reflect: { padding: "reflection", reflectAt: "centre" },
    symmetric: { padding: "reflection", reflectAt: "rim" },
  })[mode] as Outside;

/** A random part of a size of the padded picture, every place as likely. `ShapeError` if that is smaller than the part. */
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
      const first = before + short; // as torchvision pads what is too small: on both sides
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

/** Where the middle part of `cells` of n lies from the middle of n, as torchvision rounds it. */
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

/** The middle of a picture, with a rim of 0 where the picture is smaller. */
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

/** Which parts are looked at; torchvision's names. */
export interface RandomResizedCropOptions {
  /** Part of the area. Default [0.08, 1]. */
  readonly scale?: readonly [number, number];
  /** Width ÷ height. Default [3/4, 4/3]. */
  readonly ratio?: readonly [number, number];
  /** How values between cells are found; there is no antialiasing. Default "bilinear". */
  readonly interpolation?: Interpolation;
}

/** A random part of the picture, of random area and shape, resized to a size; in one resampling of the whole picture. */
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

/** How pictures are resized; torchvision's names. */
export interface ResizeOptions {
  /** How values between cells are found. Default "bilinear". */
  readonly interpolation?: Interpolation;
  /** Looks at all cells under one of a smaller result; not with "nearest". Default true. */
  readonly antialias?: boolean;
}

/**
 * Pictures of a size [height, width], or with a shorter side of so many cells. With antialiasing, which takes two dispatches
 * of its own; without it in one resampling with its neighbours.
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
