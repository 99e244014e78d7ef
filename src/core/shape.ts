import { ShapeError } from "./errors.ts";
import { halfRound, packHalf, unpackHalf } from "./half.ts";
import { isA } from "./realm.ts";

/** [height, width]. */
export type Size = readonly [height: number, width: number];

/** Two numbers: rows and columns, height and width, or a least and a greatest. */
export type Two = readonly [number, number];

/** Sizes of a tensor's axes, outermost first; row-major and contiguous. `[]` is a scalar. */
export type Shape = readonly number[];

/**
 * Element types of tensors: 4 bytes wide, or 2 for f16, which only adapters with `shader-f16` have. f16 is a storage
 * format: kernels compute in f32.
 */
export type DType = "f32" | "i32" | "u32" | "f16";

/** The typed array that holds elements of dtype `D` on the host; f16 are held as f32 values. */
export type TypedArray<D extends DType = DType> = {
  f32: Float32Array<ArrayBuffer>;
  i32: Int32Array<ArrayBuffer>;
  u32: Uint32Array<ArrayBuffer>;
  f16: Float32Array<ArrayBuffer>;
}[D];

const constructors = {
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  f16: Float32Array,
} as const;

/** A typed array of `length` zeros, a view of the memory `from`, or those numbers converted to this dtype. */
export function typedArray<D extends DType>(
  dtype: D,
  from: number | ArrayBuffer | ArrayLike<number>,
): TypedArray<D> {
  const Constructor = constructors[dtype];
  if (dtype === "f16" && typeof from !== "number") {
    const values = isA(from, "ArrayBuffer") ? unpackHalf(from) : Float32Array.from(from, halfRound);
    return values as TypedArray<D>;
  }
  return (
    typeof from === "number" || isA(from, "ArrayBuffer")
      ? new Constructor(from as ArrayBuffer)
      : Constructor.from(from)
  ) as TypedArray<D>;
}

/** Bytes of this many elements of a dtype, rounded up to a multiple of 4. */
export function bytesOf(dtype: DType, elements: number): number {
  return dtype === "f16" ? 4 * Math.ceil(elements / 2) : 4 * elements;
}

/** Elements as bytes in memory. */
export function inMemory(dtype: DType, elements: TypedArray): TypedArray {
  return dtype === "f16" ? packHalf(elements) : elements;
}

/** Number of elements: the product of the sizes; 1 for a scalar. */
export function size(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** A shape as error messages write it: `a[2, 3]`. */
export function show(shape: Shape, name = ""): string {
  return `${name}[${shape.join(", ")}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, axis) => n === b[axis]);
}

/** Row-major strides in elements. */
export function strides(shape: Shape): number[] {
  return shape.map((_, axis) => size(shape.slice(axis + 1)));
}

/** The index along each axis of an element, from its position in row-major order. */
export function coordinates(index: number, shape: Shape): number[] {
  return strides(shape).map((stride, axis) => Math.floor(index / stride) % (shape[axis] as number));
}

/** Throws unless every size is a non-negative integer. */
export function checkShape(who: string, shape: Shape): void {
  if (!shape.every((n) => Number.isInteger(n) && n >= 0)) {
    throw new ShapeError(
      `${who}: expected a shape of integers ≥ 0, got ${show(shape)}; check how it was computed`,
    );
  }
}

/** `axis` in 0..rank−1; a negative one counts from the end. */
export function normalizeAxis(who: string, axis: number, rank: number): number {
  const result = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || result < 0 || result >= rank) {
    throw new ShapeError(
      `${who}: expected an axis in ${-rank}..${rank - 1}, got ${axis}; count from 0`,
    );
  }
  return result;
}

/** The shape both operands broadcast to, aligned at the last axis as NumPy and PyTorch do. */
export function broadcastShapes(who: string, a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  const result: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const m = a[axis - rank + a.length] ?? 1;
    const n = b[axis - rank + b.length] ?? 1;
    if (m !== n && m !== 1 && n !== 1) {
      throw new ShapeError(
        `${who}: expected shapes that broadcast, got ${show(a, "a")} and ${show(b, "b")}: sizes ${m} and ${n} meet; ` +
          "make them equal or one of them 1",
      );
    }
    result.push(m === 1 ? n : m);
  }
  return result;
}
