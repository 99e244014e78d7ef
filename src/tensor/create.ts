import { ShapeError, ValueError } from "../core/errors.ts";
import {
  checkShape,
  type DType,
  inMemory,
  type Shape,
  show,
  size,
  type TypedArray,
  typedArray,
} from "../core/shape.ts";
import { currentEngine, type Engine } from "../scheduler/engine.ts";
import { Tensor } from "./tensor.ts";

/** Numbers, or arrays of them nested as deep as the tensor has axes. */
export type Nested = number | readonly Nested[];

export interface TensorOptions {
  /** Default: the nesting of the data; a typed array is one axis. */
  readonly shape?: Shape;
  /** Default: the typed array's own type, else "f32". */
  readonly dtype?: DType;
  /** Default false. */
  readonly requiresGrad?: boolean;
  /** What error messages call it. */
  readonly name?: string;
  /** Default: the engine of the last `init()`. */
  readonly engine?: Engine;
}

/**
 * A tensor with this content, copied. Integers for labels and indices: `{ dtype: "u32" }`, or a Uint32Array.
 * Throws `ShapeError` if the data does not fill the shape.
 */
export function tensor(data: Nested | TypedArray, options: TensorOptions = {}): Tensor {
  const typed = ArrayBuffer.isView(data);
  const dtype = options.dtype ?? (typed ? dtypeOf(data) : "f32");
  const shape = options.shape ?? (typed ? [data.length] : nestedShape(data));
  checkShape("tensor", shape);
  const flat = typed ? typedArray(dtype, data) : typedArray(dtype, flatten(data, shape));
  if (flat.length !== size(shape)) {
    throw new ShapeError(
      `tensor: expected ${size(shape)} elements for ${show(shape)}, got ${flat.length}; check the shape`,
    );
  }
  const engine = options.engine ?? currentEngine();
  const storage = engine.allocate(options.name ?? "tensor", shape, { dtype });
  const bounds = dtype === "f32" || dtype === "f16" ? undefined : boundsOf(flat);
  const result = new Tensor({ engine, storage, shape, dtype, bounds, name: options.name });
  engine.upload(storage, inMemory(dtype, flat));
  result.requiresGrad = options.requiresGrad ?? false;
  return result;
}

/** A tensor for a kernel to fill, f32 by default: until then it holds whatever its memory held. */
export function empty(
  shape: Shape,
  { name = "empty", engine = currentEngine(), dtype = "f32" }: Omit<TensorOptions, "shape"> = {},
): Tensor {
  const storage = engine.allocate(name, shape, { dtype });
  return new Tensor({ engine, storage, shape, dtype, name });
}

/** An f32 tensor whose content the host gives; a captured step asks `content` again for every replay. */
export function hostTensor(
  content: () => Float32Array<ArrayBuffer>,
  {
    shape,
    engine,
    name,
  }: { readonly shape: Shape; readonly engine: Engine; readonly name: string },
): Tensor {
  const storage = engine.allocate(name, shape);
  engine.upload(storage, content);
  return new Tensor({ engine, storage, shape, dtype: "f32", name });
}

/**
 * A tensor over your own buffer, which stays yours: usage STORAGE, COPY_SRC and COPY_DST, on the device the engine was
 * started with.
 */
export function fromBuffer(
  buffer: GPUBuffer,
  shape: Shape,
  {
    dtype = "f32",
    engine = currentEngine(),
    name = "fromBuffer",
  }: Omit<TensorOptions, "shape"> = {},
): Tensor {
  checkShape("fromBuffer", shape);
  return new Tensor({ engine, storage: engine.adopt(buffer, shape), shape, dtype, name });
}

function dtypeOf(data: ArrayBufferView): DType {
  if (data instanceof Float32Array) return "f32";
  if (data instanceof Int32Array) return "i32";
  if (data instanceof Uint32Array) return "u32";
  throw new ValueError(
    `tensor: expected numbers, Float32Array, Int32Array or Uint32Array, got ${data.constructor.name}; ` +
      "convert it with Float32Array.from(data)",
  );
}

function nestedShape(data: Nested): number[] {
  if (typeof data === "number") return [];
  const [first] = data;
  return [data.length, ...(first === undefined ? [] : nestedShape(first))];
}

function flatten(data: Nested, shape: Shape): number[] {
  if (typeof data === "number") return [data];
  return data.flatMap((row) => {
    const inner = nestedShape(row);
    if (!shape.slice(shape.length - inner.length).every((n, axis) => n === inner[axis])) {
      throw new ShapeError(
        `tensor: rows differ in length: expected ${show(shape.slice(shape.length - inner.length))}, got ${show(inner)}; ` +
          "pad them",
      );
    }
    return flatten(row, shape);
  });
}

function boundsOf(data: TypedArray): [number, number] | undefined {
  if (data.length === 0) return undefined;
  let min = Infinity;
  let max = -Infinity;
  for (const value of data) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
}
