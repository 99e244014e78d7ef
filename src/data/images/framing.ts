import { ValueError } from "../../core/errors.ts";

/** Resizing and cropping of an axis: the number of pixels after resizing, of which `count` from `first` on are kept. */
export interface KeptPixels {
  readonly size: number;
  readonly first: number;
  readonly count: number;
}

export interface Framing {
  readonly rows: KeptPixels;
  readonly columns: KeptPixels;
}

interface Wanted {
  readonly resize?: number | readonly [number, number];
  readonly crop?: number | readonly [number, number];
}

/** Sizes and centre crop as in torchvision's resize and center_crop. Throws `ValueError` for invalid sizes. */
export function framing(
  { width, height }: { readonly width: number; readonly height: number },
  { resize, crop }: Wanted,
): Framing {
  for (const size of [resize ?? 1, crop ?? 1].flat()) {
    if (Number.isInteger(size) && size >= 1) continue;
    throw new ValueError(
      `imageTensor: expected integers ≥ 1 as resize and crop, got ${size}; give pixels`,
    );
  }
  const [h, w] = resized(height, width, resize);
  const [cropH, cropW] = crop === undefined ? [h, w] : both(crop);
  if (cropH > h || cropW > w) {
    throw new ValueError(
      `imageTensor: expected a crop within ${h} × ${w}, got ${cropH} × ${cropW}; resize to more, or crop less`,
    );
  }
  return { rows: middle(h, cropH), columns: middle(w, cropW) };
}

const both = (size: number | readonly [number, number]): readonly [number, number] =>
  typeof size === "number" ? [size, size] : size;

/** The shorter side becomes `resize`, the longer one ⌊resize · longer/shorter⌋. */
function resized(height: number, width: number, resize: Wanted["resize"]) {
  if (resize === undefined) return [height, width] as const;
  if (typeof resize !== "number") return resize;
  const longer = Math.trunc((resize * Math.max(height, width)) / Math.min(height, width));
  return width <= height ? ([longer, resize] as const) : ([resize, longer] as const);
}

function middle(size: number, count: number): KeptPixels {
  return { size, first: halfEven((size - count) / 2), count };
}

/** Rounds to the nearest integer, ties to even, as Python. */
function halfEven(value: number): number {
  const below = Math.floor(value);
  return value - below === 0.5 ? below + (below % 2) : Math.round(value);
}
