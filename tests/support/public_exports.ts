import type { CallSignature } from "../../src/core/signature.ts";
import * as data from "../../src/data/index.ts";
import * as transforms from "../../src/data/transforms/index.ts";
import * as wgrad from "../../src/index.ts";
import * as io from "../../src/io/index.ts";
import * as onnx from "../../src/io/onnx/index.ts";
import * as tfjs from "../../src/io/tfjs/index.ts";
import * as kernels from "../../src/kernels/index.ts";
import * as loss from "../../src/loss/index.ts";
import * as ml from "../../src/ml/index.ts";
import * as models from "../../src/models/index.ts";
import * as nn from "../../src/nn/index.ts";
import * as optim from "../../src/optim/index.ts";
import * as testing from "../../src/testing/index.ts";
import * as races from "../../src/testing/races/index.ts";
import * as train from "../../src/train/index.ts";

const entries = {
  wgrad,
  "wgrad/nn": nn,
  "wgrad/optim": optim,
  "wgrad/loss": loss,
  "wgrad/data": data,
  "wgrad/data/transforms": transforms,
  "wgrad/models": models,
  "wgrad/train": train,
  "wgrad/io": io,
  "wgrad/ml": ml,
  "wgrad/onnx": onnx,
  "wgrad/tfjs": tfjs,
  "wgrad/kernels": kernels,
  "wgrad/testing": testing,
  "wgrad/testing/races": races,
};

/** Exports that users neither construct nor call with arguments of their own, and why. */
const unchecked: Readonly<Record<string, string>> = {
  Tensor: "tensors are made by tensor() and by operations",
  ...Object.fromEntries(
    ["Optimizer", "Schedule", "ClosureOptimizer"].map((name) => [
      name,
      "abstract: the classes that extend it say what they take",
    ]),
  ),
};

/** A function or class that one of the entries exports. */
export interface PublicExport {
  readonly entry: string;
  readonly name: string;
  readonly isClass: boolean;
  readonly signature: CallSignature | undefined;
  /** Calls or constructs it. */
  readonly call: (...args: readonly unknown[]) => unknown;
}

type Callable = ((...args: unknown[]) => unknown) & { readonly signature?: CallSignature };

function publicExport(entry: string, name: string, value: Callable): PublicExport {
  const isClass = /^class\b/.test(Function.prototype.toString.call(value));
  return {
    entry,
    name,
    isClass,
    signature: Object.hasOwn(value, "signature") ? value.signature : undefined,
    call: (...args) =>
      isClass ? Reflect.construct(value, args) : Reflect.apply(value, undefined, args),
  };
}

/** Every function and class that users can import, except errors. */
export const publicExports: readonly PublicExport[] = Object.entries(entries).flatMap(
  ([entry, module]) =>
    Object.entries(module).flatMap(([name, value]: [string, unknown]) => {
      if (typeof value !== "function" || name in unchecked) return [];
      const isError = value.prototype instanceof Error;
      return isError ? [] : [publicExport(entry, name, value as Callable)];
    }),
);
