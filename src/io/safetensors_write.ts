import { ValueError } from "../core/errors.ts";
import { isHostArray } from "../core/host_array.ts";
import { either, type Kind, oneOf, optional, record } from "../core/kinds.ts";
import { size } from "../core/shape.ts";
import { checked, describe, options } from "../core/signature.ts";
import { moduleKind } from "../nn/kinds.ts";
import { Counter } from "../nn/module/counter.ts";
import type { AnyModule } from "../nn/module/module.ts";
import type { LoadableEntry, LoadableState } from "../nn/module/state.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { dtypeOf, encodeElements, type FileDType, type FloatDType } from "./elements.ts";
import { type DeclaredTensor, encodeHeader } from "./safetensors.ts";

/** Options of writing files. */
export interface WriteOptions {
  /** dtype of float tensors. Default: unchanged, "F32", or "F16" for f16 tensors of a model. */
  readonly dtype?: FloatDType;
}

/** Options of `writeSafetensors`. */
export interface SafetensorsOptions extends WriteOptions {
  /** Texts that the file stores by name. Hugging Face's libraries expect `{ format: "pt" }`, the default. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A model, or arrays by their names in the file. */
export type Writable = AnyModule | LoadableState;

/** A tensor to be written, whose data are read when its turn comes. */
export interface PendingTensor extends DeclaredTensor {
  readonly data: () => Promise<LoadableEntry["data"]>;
}

const texts: Kind = {
  expected: "an object of strings",
  accepts: (value) =>
    record.accepts(value) &&
    Object.values(value as object).every((each) => typeof each === "string"),
};

export const writableKind: Kind = /* @__PURE__ */ either(moduleKind, record);
export const floatDType: Kind = /* @__PURE__ */ oneOf("F32", "F16", "BF16");

/**
 * Writes a model's parameters, buffers and counters, or arrays by name, as a safetensors file, in chunks: a tensor is read
 * from the GPU when its turn comes, so that no second copy of the model is in memory. `await new Response(stream).blob()`
 * and `stream.pipeTo(file)` consume it. Do not continue training until it is written. PyTorch and Hugging Face's libraries
 * can read the file. Counters are written as I64. A number that the dtype cannot represent ends the stream with
 * `ValueError`.
 *
 * @example
 * ```ts
 * import { openSafetensors, writeSafetensors } from "wgrad/io";
 * import * as nn from "wgrad/nn";
 * const file = await new Response(writeSafetensors(new nn.Linear(4, 2))).blob();
 * const { tensors } = await openSafetensors(file);
 * console.log([...tensors.keys()], tensors.get("weight")?.shape); // [weight, bias] [2, 4]
 * ```
 */
export const writeSafetensors = /* @__PURE__ */ checked(
  "writeSafetensors",
  {
    content: writableKind,
    options: /* @__PURE__ */ optional(
      /* @__PURE__ */ options<SafetensorsOptions>({ dtype: floatDType, metadata: texts }),
    ),
  },
  (
    content: Writable,
    { dtype, metadata = { format: "pt" } }: SafetensorsOptions = {},
  ): ReadableStream<Uint8Array<ArrayBuffer>> => {
    const tensors = pendingOf("writeSafetensors", content, dtype);
    if (tensors.some(({ name }) => name === "__metadata__")) {
      throw new ValueError(
        "writeSafetensors: expected names of tensors, got '__metadata__', which the format reserves; rename it",
      );
    }
    return streamOf(parts("writeSafetensors", tensors, metadata));
  },
);

async function* parts(
  who: string,
  tensors: readonly PendingTensor[],
  metadata: Readonly<Record<string, string>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield encodeHeader(tensors, metadata);
  for (const { name, dtype, data } of tensors) {
    yield encodeElements(dtype, await data(), `${who}: '${name}'`);
  }
}

/** A stream that requests a chunk when its consumer wants one. */
export function streamOf<T>(chunks: AsyncGenerator<T>): ReadableStream<T> {
  return new ReadableStream<T>(
    {
      pull: async (controller) => {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The tensors to write, with their dtypes. Throws `ValueError`, `ShapeError` for entries that are not tensors. */
export function pendingOf(
  who: string,
  content: Writable,
  dtype?: FloatDType,
): readonly PendingTensor[] {
  if (isModel(content)) {
    return content.namedState().map(([name, value]) => ofModel(name, value, dtype));
  }
  return Object.entries(content).map(([name, entry]) => {
    const { shape, data } = entry ?? {};
    if (!Array.isArray(shape) || !isHostArray(data) || size(shape) !== data.length) {
      throw new ValueError(
        `${who}: expected { shape, data } with as many numbers as '${name}', got ${describe(entry)}; ` +
          "pass a model or what stateDict() gave",
      );
    }
    const own = dtypeOf(data);
    return { name, shape, dtype: own === "F32" ? (dtype ?? own) : own, data: async () => data };
  });
}

const isModel = (content: Writable): content is AnyModule => moduleKind.accepts(content);

const plain = { f32: "F32", f16: "F16", i32: "I32", u32: "U32" } as const;

function ofModel(name: string, value: Tensor | Counter, dtype?: FloatDType): PendingTensor {
  if (value instanceof Counter) {
    return {
      ...{ name, shape: [], dtype: "I64" },
      data: async () => BigInt64Array.of(BigInt(value.value)),
    };
  }
  const own: FileDType = plain[value.dtype];
  const floats = own === "F32" || own === "F16";
  return {
    ...{ name, shape: value.shape, dtype: (floats && dtype) || own },
    data: () => value.read(),
  };
}
