import { ValueError } from "../core/errors.ts";
import {
  boolean,
  dtype as dtypeKind,
  type Kind,
  shape as shapeKind,
  string,
} from "../core/kinds.ts";
import { checkShape, type DType, inMemory, type Shape } from "../core/shape.ts";
import { checked, options } from "../core/signature.ts";
import { currentEngine, type Engine } from "../scheduler/engine.ts";
import { elementsOf, type Nested } from "./elements.ts";
import { engineKind } from "./kinds.ts";
import { Tensor } from "./tensor.ts";

/**
 * Options of `tensor` and of other functions that make tensors.
 *
 * @example
 * ```ts
 * import { mul, sum, tensor } from "wgrad";
 * const x = tensor([1, 2, 3], { requiresGrad: true });
 * sum(mul(x, x)).backward();
 * console.log(await x.grad?.read()); // [2, 4, 6]
 * ```
 */
export interface TensorOptions {
  /** Sizes of the axes. Default: the nesting of the data; a typed array is one axis. */
  readonly shape?: Shape;
  /** Element type. Default: see `tensor()`. */
  readonly dtype?: DType;
  /** Whether `backward()` gives the tensor a gradient. Default false. */
  readonly requiresGrad?: boolean;
  /** Name of the tensor in error messages and on the console. */
  readonly name?: string;
  /** Engine whose GPU holds the tensor. Default: the engine of the last `init()`. */
  readonly engine?: Engine;
}

const nestedKind: Kind = {
  expected: "a number, nested arrays or a typed array",
  accepts: (value) =>
    typeof value === "number" || Array.isArray(value) || ArrayBuffer.isView(value),
};

const known = {
  dtype: dtypeKind,
  requiresGrad: boolean,
  name: string,
  engine: engineKind,
};

/**
 * A tensor with this content, copied: a number, arrays of numbers nested as deep as the tensor has axes, or a typed array
 * of any kind. Without `dtype`, numbers and floats become f32, typed arrays of signed integers i32, of unsigned ones u32
 * (pixels for a network want `{ dtype: "f32" }`). Labels and indices: `{ dtype: "u32" }`, or any typed array of integers.
 *
 * Throws `ShapeError` for rows of different lengths and for data that does not fill the shape; `ValueError` for elements
 * that are not numbers and, with an integer dtype, for NaN, fractions and numbers out of range.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * const x = tensor([[1, 2], [3, 4]]);
 * console.log(x.shape, x.dtype, await x.read()); // [2, 2] f32 [1, 2, 3, 4]
 * console.log(tensor(Uint32Array.of(2, 0)).dtype); // u32
 * ```
 */
export const tensor = /* @__PURE__ */ checked(
  "tensor",
  { data: nestedKind, options: options<TensorOptions>({ shape: shapeKind, ...known }) },
  (data: Nested, given: TensorOptions = {}): Tensor => {
    if (given.shape) checkShape("tensor", given.shape);
    const { dtype, shape, flat, bounds } = elementsOf(data, given);
    const { name, engine = currentEngine() } = given;
    checkGrad("tensor", dtype, given);
    const storage = engine.allocate(name ?? "tensor", shape, { dtype });
    const result = new Tensor({ engine, storage, shape, dtype, bounds, name });
    engine.upload(storage, inMemory(dtype, flat));
    result.requiresGrad = given.requiresGrad ?? false;
    return result;
  },
);

/** Throws `ValueError` for a gradient of an integer tensor: gradients are floats. */
function checkGrad(who: string, dtype: DType, { requiresGrad }: TensorOptions): void {
  if (!requiresGrad || dtype === "f32" || dtype === "f16") return;
  throw new ValueError(
    `${who}: expected a float dtype with requiresGrad, got ${dtype}; choose "f32"`,
  );
}

/** A tensor for a kernel to write, f32 by default; its content is undefined until then. */
export function empty(
  shape: Shape,
  { name = "empty", engine = currentEngine(), dtype = "f32" }: Omit<TensorOptions, "shape"> = {},
): Tensor {
  const storage = engine.allocate(name, shape, { dtype });
  return new Tensor({ engine, storage, shape, dtype, name });
}

/** An f32 tensor uploaded from the host; a captured step calls `content` again for every replay. */
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

/** STORAGE | COPY_SRC | COPY_DST */
const USAGE = 0x80 | 0x4 | 0x8;

const bufferKind: Kind = {
  expected: "a GPUBuffer",
  advice: "make one with createBuffer of your device",
  accepts: (value) =>
    typeof value === "object" && value !== null && "mapState" in value && "usage" in value,
  check: (value, who) => {
    const { usage } = value as GPUBuffer;
    if ((usage & USAGE) === USAGE) return;
    throw new ValueError(
      `${who}: expected a buffer with usage STORAGE | COPY_SRC | COPY_DST (${USAGE}), got ${usage}; create it so`,
    );
  },
};

/**
 * A tensor over your own buffer, which the engine never frees. The buffer needs usage STORAGE, COPY_SRC and COPY_DST, on
 * the device that the engine was started with. Throws `ValueError` for another usage, `ShapeError` for a buffer smaller
 * than the shape.
 */
export const fromBuffer = /* @__PURE__ */ checked(
  "fromBuffer",
  {
    buffer: bufferKind,
    shape: shapeKind,
    options: options<Omit<TensorOptions, "shape">>(known),
  },
  (buffer: GPUBuffer, shape: Shape, given: Omit<TensorOptions, "shape"> = {}): Tensor => {
    const { dtype = "f32", engine = currentEngine(), name = "fromBuffer" } = given;
    checkShape("fromBuffer", shape);
    checkGrad("fromBuffer", dtype, given);
    const storage = engine.adopt(buffer, shape);
    const result = new Tensor({ engine, storage, shape, dtype, name });
    result.requiresGrad = given.requiresGrad ?? false;
    return result;
  },
);
