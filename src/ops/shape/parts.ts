import { ShapeError, ValueError } from "../../core/errors.ts";
import { count, either, integer, type Kind, list, optional } from "../../core/kinds.ts";
import { normalizeAxis, sameShape, show } from "../../core/shape.ts";
import { checked } from "../../core/signature.ts";
import { tensorKind, tensorList } from "../../tensor/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { reshape } from "./reshape.ts";
import { concat, expand, slice } from "./shape.ts";

const axisKind = /* @__PURE__ */ optional(integer);

/** Inserts an axis of size 1 as axis `axis` of the result: torch.unsqueeze. Shares x's memory. */
export const unsqueeze = /* @__PURE__ */ checked(
  "unsqueeze",
  { x: tensorKind, axis: integer },
  (x: Tensor, axis: number): Tensor => {
    const k = normalizeAxis("unsqueeze", axis, x.shape.length + 1);
    return reshape(x, x.shape.toSpliced(k, 0, 1));
  },
);

/**
 * Removes axes of size 1: all of them, or those of `axis` (one number or several) that have size 1, as torch.squeeze.
 * Shares x's memory.
 */
export const squeeze = /* @__PURE__ */ checked(
  "squeeze",
  {
    x: tensorKind,
    axis: /* @__PURE__ */ optional(/* @__PURE__ */ either(integer, /* @__PURE__ */ list(integer))),
  },
  (x: Tensor, axis?: number | readonly number[]): Tensor => {
    const given = typeof axis === "number" ? [axis] : axis;
    const axes = given?.map((each) => normalizeAxis("squeeze", each, x.shape.length));
    return reshape(
      x,
      x.shape.filter((n, k) => n !== 1 || (axes && !axes.includes(k))),
    );
  },
);

/**
 * Joins tensors of one shape along a new axis (default 0): torch.stack. Throws `ShapeError` if shapes differ.
 *
 * @example
 * ```ts
 * import { stack, tensor } from "wgrad";
 * console.log(stack([tensor([1, 2]), tensor([3, 4]), tensor([5, 6])]).shape); // [3, 2]
 * ```
 */
export const stack = /* @__PURE__ */ checked(
  "stack",
  { parts: tensorList, axis: axisKind },
  (parts: readonly Tensor[], axis = 0): Tensor => {
    const shape = parts[0]?.shape ?? [];
    const other = parts.find((part) => !sameShape(part.shape, shape));
    if (other) {
      throw new ShapeError(
        `stack: expected tensors of one shape, got ${show(shape)} and ${show(other.shape)}; concat joins different lengths`,
      );
    }
    const rows = parts.map((part) => unsqueeze(part, axis));
    try {
      return concat(rows, normalizeAxis("stack", axis, shape.length + 1));
    } finally {
      for (const row of rows) row.dispose();
    }
  },
);

const sizesKind: Kind = {
  .../* @__PURE__ */ either(count, /* @__PURE__ */ list(integer)),
  expected: "a length ≥ 1 or an array of lengths",
};

/**
 * Cuts x along `axis` (default 0) into parts of one length, the last possibly shorter, or of these lengths: torch.split.
 * Each part is a copy. Throws `ShapeError` unless the lengths add up to the axis.
 *
 * @example
 * ```ts
 * import { split, tensor } from "wgrad";
 * const [head, tail] = split(tensor([1, 2, 3, 4, 5]), [2, 3]);
 * console.log(await head?.read(), await tail?.read()); // [1, 2] [3, 4, 5]
 * ```
 */
export const split = /* @__PURE__ */ checked(
  "split",
  { x: tensorKind, sizes: sizesKind, axis: axisKind },
  (x: Tensor, sizes: number | readonly number[], axis = 0): Tensor[] => {
    const k = normalizeAxis("split", axis, x.shape.length);
    const n = x.shape[k] as number;
    const lengths = typeof sizes === "number" ? evenly(n, sizes) : sizes;
    if (lengths.some((length) => length < 0) || lengths.reduce((a, b) => a + b, 0) !== n) {
      throw new ShapeError(
        `split: expected lengths ≥ 0 that add up to ${n} for axis ${k} of ${show(x.shape, "x")}, got [${lengths.join(", ")}]; change one of them`,
      );
    }
    let at = 0;
    return lengths.map((length) => {
      at += length;
      const range = { start: at - length, end: at };
      return slice(
        x,
        x.shape.map((_, other) => (other === k ? range : {})),
      );
    });
  },
);

/** Lengths of `size`, the last possibly shorter; a single 0 for an empty axis. */
function evenly(n: number, size: number): number[] {
  const parts = Math.max(1, Math.ceil(n / size));
  return Array.from({ length: parts }, (_, i) => Math.min(size, n - i * size));
}

/**
 * Cuts x along `axis` (default 0) into at most `chunks` parts of ⌈n / chunks⌉, the last possibly shorter: torch.chunk. Each
 * part is a copy.
 */
export const chunk = /* @__PURE__ */ checked(
  "chunk",
  { x: tensorKind, chunks: count, axis: axisKind },
  (x: Tensor, chunks: number, axis = 0): Tensor[] => {
    const n = x.shape[normalizeAxis("chunk", axis, x.shape.length)] as number;
    return split(x, n === 0 ? new Array<number>(chunks).fill(0) : Math.ceil(n / chunks), axis);
  },
);

/**
 * Repeats x along each axis as often as `repeats` says: torch.Tensor.repeat. Surplus repeats add axes in front. Throws
 * `ShapeError` for fewer repeats than axes, `ValueError` unless they are integers ≥ 0.
 */
export const repeat = /* @__PURE__ */ checked(
  "repeat",
  { x: tensorKind, repeats: /* @__PURE__ */ list(integer) },
  (x: Tensor, repeats: readonly number[]): Tensor => {
    const lead = repeats.length - x.shape.length;
    if (lead < 0) {
      throw new ShapeError(
        `repeat: expected at least ${x.shape.length} repeats for ${show(x.shape, "x")}, got [${repeats.join(", ")}]; 1 keeps an axis`,
      );
    }
    if (repeats.some((times) => times < 0)) {
      throw new ValueError(
        `repeat: expected repeats ≥ 0, got [${repeats.join(", ")}]; 1 keeps an axis`,
      );
    }
    const shape = [...new Array<number>(lead).fill(1), ...x.shape];
    using apart = reshape(
      x,
      shape.flatMap((n) => [1, n]),
    );
    using wide = expand(
      apart,
      shape.flatMap((n, k) => [repeats[k] as number, n]),
    );
    return reshape(
      wide,
      shape.map((n, k) => n * (repeats[k] as number)),
    );
  },
);
