import { ShapeError, ValueError } from "../core/errors.ts";
import { classOf } from "../core/realm.ts";
import {
  coordinates,
  type DType,
  type Shape,
  show,
  size,
  type TypedArray,
  typedArray,
} from "../core/shape.ts";
import { describe } from "../core/signature.ts";

/** Any typed array of numbers, or of bigints. */
export type NumberArray = ArrayBufferView & (ArrayLike<number> | ArrayLike<bigint>);

/** Numbers, or arrays of them nested as deep as the tensor has axes; the innermost may be typed arrays. */
export type Nested = number | NumberArray | readonly Nested[];

/** The elements, shape and dtype that `tensor()` finds in its data. */
export interface Elements {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly flat: TypedArray;
  /** Smallest and largest element, for integers. */
  readonly bounds: readonly [min: number, max: number] | undefined;
}

/** Default dtype by the class of a typed array: f32 for all floats, i32 or u32 for integers of any width. */
const dtypes: Readonly<Record<string, DType>> = {
  Float16Array: "f32",
  Float32Array: "f32",
  Float64Array: "f32",
  Int8Array: "i32",
  Int16Array: "i32",
  Int32Array: "i32",
  BigInt64Array: "i32",
  Uint8Array: "u32",
  Uint8ClampedArray: "u32",
  Uint16Array: "u32",
  Uint32Array: "u32",
  BigUint64Array: "u32",
};

/**
 * Converts data to a dtype and finds its shape. Throws `ShapeError` for rows of different lengths and for data that does
 * not fill `shape`, `ValueError` for elements that are not numbers and for numbers that an integer dtype cannot hold.
 */
export function elementsOf(
  data: Nested,
  asked: { readonly shape?: Shape | undefined; readonly dtype?: DType | undefined },
): Elements {
  const typed = ArrayBuffer.isView(data);
  const dtype = asked.dtype ?? (typed ? dtypeOf(data) : "f32");
  const own = nestedShape(data);
  const shape = asked.shape ?? own;
  const values = typed ? numbersOf(data) : flatten(data, own);
  if (values.length !== size(shape) || (own.length > 1 && show(own) !== show(shape))) {
    throw new ShapeError(
      `tensor: expected ${size(shape)} elements for ${show(shape)}, got ${own.length > 1 ? show(own) : values.length}; ` +
        "check the shape",
    );
  }
  const bounds = dtype === "i32" || dtype === "u32" ? boundsOf(dtype, values, shape) : undefined;
  return { dtype, shape, flat: typedArray(dtype, values), bounds };
}

function dtypeOf(data: ArrayBufferView): DType {
  const name = classOf(data);
  const dtype = dtypes[name];
  if (dtype) return dtype;
  throw new ValueError(
    `tensor: expected numbers, arrays of them or a typed array, got a ${name}; read its numbers`,
  );
}

function numbersOf(data: NumberArray): ArrayLike<number> {
  dtypeOf(data);
  return isBig(data) ? Array.from(data, Number) : data;
}

const isBig = (data: ArrayLike<number> | ArrayLike<bigint>): data is ArrayLike<bigint> =>
  typeof data[0] === "bigint";

const isRow = (data: unknown): data is readonly Nested[] | NumberArray =>
  Array.isArray(data) || ArrayBuffer.isView(data);

function nestedShape(data: Nested): number[] {
  const shape: number[] = [];
  for (let row: unknown = data; isRow(row); row = row[0]) shape.push(row.length);
  return shape;
}

/** The numbers of nested arrays, which must all have the shape of the first. */
function flatten(data: Nested, shape: Shape): number[] {
  const flat: number[] = [];
  const place: number[] = [];
  const visit = (entry: unknown): void => {
    const axis = place.length;
    if (typeof entry === "number" && axis === shape.length) {
      flat.push(entry);
    } else if (isRow(entry) && axis < shape.length && entry.length === shape[axis]) {
      const row = ArrayBuffer.isView(entry) ? numbersOf(entry) : entry;
      for (let i = 0; i < row.length; i++) {
        place[axis] = i;
        visit(row[i]);
      }
      place.length = axis;
    } else throw misfit(entry, place, shape.slice(axis));
  };
  visit(data);
  return flat;
}

function misfit(entry: unknown, place: Shape, expected: Shape): ShapeError | ValueError {
  if (typeof entry !== "number" && !isRow(entry)) {
    return new ValueError(
      `tensor: expected numbers, got ${describe(entry)} at ${show(place)}; convert it, or use NaN`,
    );
  }
  const got = isRow(entry) ? show(nestedShape(entry as Nested)) : entry;
  return new ShapeError(
    `tensor: expected rows of one length, ${show(expected)} at ${show(place)}, got ${got}; pad them`,
  );
}

/** Smallest and largest element. Throws `ValueError` for the first that is not an integer of this dtype. */
function boundsOf(
  dtype: "i32" | "u32",
  values: ArrayLike<number>,
  shape: Shape,
): [number, number] | undefined {
  const [least, most] = dtype === "u32" ? [0, 2 ** 32 - 1] : [-(2 ** 31), 2 ** 31 - 1];
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new ValueError(
        `tensor: expected integers in ${least}..${most} for ${dtype}, got ${value} at ${show(coordinates(i, shape))}; ` +
          "round or clamp them, or choose another dtype",
      );
    }
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return values.length === 0 ? undefined : [min, max];
}
