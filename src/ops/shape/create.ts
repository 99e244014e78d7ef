import { ValueError } from "../../core/errors.ts";
import { dtype, type Kind, number, shape } from "../../core/kinds.ts";
import { checkShape, type DType, type Shape, size, typedArray } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { fill } from "../../kernels/elementwise/fill.ts";
import type { Engine } from "../../scheduler/engine.ts";
import { empty, tensor } from "../../tensor/create.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { converted, run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Options of functions that create tensors. */
export interface CreateOptions {
  /** Element type of the result. Default "f32". */
  readonly dtype?: DType;
}

/** Kinds of these options. */
export const createOptions = /* @__PURE__ */ options<CreateOptions>({
  dtype,
});

/** Any number, including NaN. */
export const anyNumber: Kind = { ...number, accepts: (value) => typeof value === "number" };

/** A shape; the message shows how to pass sizes as an array, since other libraries take them as separate arguments. */
const sizes = (example: string): Kind => ({ ...shape, advice: `write ${example}` });

function filled(shape: Shape, value: number, dtype: DType, engine?: Engine): Tensor {
  if (dtype === "i32" || dtype === "u32") {
    checkShape("full", shape);
    const data = typedArray(dtype, size(shape)).fill(value);
    if (!Object.is(typedArray(dtype, [value])[0], value)) {
      throw new ValueError(
        `full: expected a value of ${dtype}, got ${value}; choose another dtype`,
      );
    }
    return tensor(data, { shape, ...(engine && { engine }) });
  }
  const y = run(fill, {}, { shape, value }, engine && { y: empty(shape, { engine }) }).y;
  if (dtype === "f32") return y;
  using old = y;
  return converted(old, dtype);
}

/** A tensor of one value on a given engine, which need not be the current one. */
export const filledOn = (engine: Engine, shape: Shape, value: number): Tensor =>
  filled(shape, value, "f32", engine);

/**
 * A tensor of one value.
 *
 * @example
 * ```ts
 * import { full } from "wgrad";
 * console.log(await full([3], 0.5).read()); // [0.5, 0.5, 0.5]
 * ```
 */
export const full = /* @__PURE__ */ checked(
  "full",
  { shape: /* @__PURE__ */ sizes("full([2, 3], value)"), value: anyNumber, options: createOptions },
  (shape: Shape, value: number, { dtype = "f32" }: CreateOptions = {}): Tensor =>
    filled(shape, value, dtype),
);

/**
 * A tensor of zeros: `zeros([2, 3])`.
 *
 * @example
 * ```ts
 * import { zeros } from "wgrad";
 * console.log(await zeros([2, 2]).read()); // [0, 0, 0, 0]
 * ```
 */
export const zeros = /* @__PURE__ */ checked(
  "zeros",
  { shape: /* @__PURE__ */ sizes("zeros([2, 3])"), options: createOptions },
  (shape: Shape, { dtype = "f32" }: CreateOptions = {}): Tensor => filled(shape, 0, dtype),
);

/**
 * A tensor of ones: `ones([2, 3])`.
 *
 * @example
 * ```ts
 * import { ones } from "wgrad";
 * console.log(await ones([3]).read()); // [1, 1, 1]
 * ```
 */
export const ones = /* @__PURE__ */ checked(
  "ones",
  { shape: /* @__PURE__ */ sizes("ones([2, 3])"), options: createOptions },
  (shape: Shape, { dtype = "f32" }: CreateOptions = {}): Tensor => filled(shape, 1, dtype),
);

/** A tensor of one value, of x's shape, element type and engine: torch.full_like. No gradient. */
export const fullLike = /* @__PURE__ */ checked(
  "fullLike",
  { x: tensorKind, value: anyNumber },
  (x: Tensor, value: number): Tensor => filled(x.shape, value, x.dtype, x.engine),
);

/** Zeros of x's shape, element type and engine: torch.zeros_like. No gradient. */
export const zerosLike = /* @__PURE__ */ checked(
  "zerosLike",
  { x: tensorKind },
  (x: Tensor): Tensor => filled(x.shape, 0, x.dtype, x.engine),
);

/** Ones of x's shape, element type and engine: torch.ones_like. No gradient. */
export const onesLike = /* @__PURE__ */ checked(
  "onesLike",
  { x: tensorKind },
  (x: Tensor): Tensor => filled(x.shape, 1, x.dtype, x.engine),
);
