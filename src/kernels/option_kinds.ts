/** Kinds of the options that kernels take. */
import {
  boolean,
  either,
  type Kind,
  list,
  natural,
  number,
  numbers,
  oneOf,
  pair,
  required,
} from "../core/kinds.ts";
import { parametersOf } from "./elementwise/activation_options.ts";

interface Slotted {
  readonly shader: { readonly slots: Readonly<Record<string, object>> };
}

/** The name of a file that fills a slot of the kernel. */
export const slot = ({ shader }: Slotted, name: string): Kind =>
  oneOf(...Object.keys(shader.slots[name] ?? {}));

/** Sizes of axes. */
export const sizes: Kind = { .../* @__PURE__ */ list(natural), expected: "a shape such as [2, 3]" };

/** [height, width], or another pair of numbers. */
export const two: Kind = {
  expected: "a pair of numbers",
  accepts: (value) => Array.isArray(value) && value.length === 2 && value.every(number.accepts),
};

export const flags = /* @__PURE__ */ list(boolean);
export const pads = /* @__PURE__ */ list(two);

export const padding: Kind = {
  expected: 'a number, [height, width], [[top, bottom], [left, right]] or "same"',
  accepts: (value) =>
    value === "same" ||
    pair.accepts(value) ||
    (Array.isArray(value) && value.length === 2 && value.every(two.accepts)),
};

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

export const act: Kind = {
  expected: 'an activation such as "relu" or { act: "relu" }',
  accepts: (value) => {
    const name: unknown = isObject(value) && "act" in value ? value.act : value;
    return typeof name === "string" && parametersOf(name) !== undefined;
  },
};

const normKinds = ["batch", "instance", "group", "layer", "rms"];

export const norm: Kind = {
  expected: `{ kind } with ${normKinds.join(", ")}`,
  accepts: (value) => isObject(value) && "kind" in value && normKinds.includes(`${value.kind}`),
};

export const picking = /* @__PURE__ */ oneOf("each", "along", "rows");
export const operand = /* @__PURE__ */ oneOf("x", "t", "v");

const isLength = (value: unknown) => value === null || number.accepts(value);

export const adaptiveSize: Kind = {
  expected: "a number or null, or a pair of them",
  accepts: (value) =>
    isLength(value) || (Array.isArray(value) && value.length === 2 && value.every(isLength)),
};

/** Source of a kernel's random numbers. */
export const stream = () => ({ seed: required(number), offset: number });

/** One number, or one per channel. */
export const channels = () => either(number, numbers);

/** How the windows of a convolution slide over the image. */
export const windowed = { stride: pair, padding, dilation: pair, groups: number };

/** Windows of a pooling kernel, and how they slide over the image. */
export const pooling = {
  kernelSize: /* @__PURE__ */ required(pair),
  ...{ stride: pair, padding, ceilMode: boolean },
};

/** Parameters of activations. */
export const activationNumbers = {
  ...{ slope: number, alpha: number, minVal: number, maxVal: number, beta: number },
  ...{ gamma: number, threshold: number, value: number, lambd: number },
};
