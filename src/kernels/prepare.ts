import { ShapeError, ValueError, WgradError } from "../core/errors.ts";
import { gpuDevice, type Kinds, natural, objectWith, optional } from "../core/kinds.ts";
import { bytesOf, type Shape, show, size } from "../core/shape.ts";
import {
  checkArguments,
  checkedAsync,
  checkOptions,
  describe,
  options,
  signature,
} from "../core/signature.ts";
import { createBindGroup, encodeDispatch, uniformOf } from "../gpu/dispatch.ts";
import { PipelineCache } from "../gpu/pipelines.ts";
import {
  type Binding,
  type BindingDtypes,
  overridesOf,
  type Shader,
  type Signature,
} from "../shader/shader.ts";
import type { InputShapes, Kernel, Plan } from "./kernel.ts";

/** A kernel, planned and compiled for given shapes, that can be encoded any number of times. */
export interface Prepared<S extends Signature> {
  /** Shapes of the outputs, parameters, grid and slots. */
  readonly plan: Plan<S>;
  /** Every buffer to bind, in binding order. */
  readonly bindings: readonly Binding[];
  /** Encodes one dispatch into your compute pass. Whole buffers are bound, or parts given as { buffer, offset, size }. */
  encode(
    pass: GPUComputePassEncoder,
    buffers: Readonly<Record<string, GPUBuffer | GPUBufferBinding>>,
  ): void;
  /** Frees the uniform buffer. */
  destroy(): void;
}

export interface PrepareOptions {
  /** Values for overrides of the WGSL, such as its workgroup size, instead of the plan's. */
  readonly overrides?: Readonly<Record<string, number>>;
  /**
   * Buffers that hold f16, by the slots of the kernel: `{ stored_a: "f16" }` for a matrix product, `{ storage: "f16" }` for
   * convolutions and norms. Requires the feature `shader-f16`.
   */
  readonly dtypes?: BindingDtypes;
}

/** The interface of `Gpu` for a device without an engine: errors are reported as they are. */
const alone = (device: GPUDevice) => ({
  device,
  counters: { pipelinesCompiled: 0 },
  reason: async (error: unknown) => error as Error,
});

const caches = new WeakMap<GPUDevice, PipelineCache>();

const kernelKind = /* @__PURE__ */ objectWith("a kernel of wgrad/kernels", "shader", "plan");
const record = /* @__PURE__ */ objectWith("an object");

/**
 * One kernel on your own `GPUDevice` and your own buffers, inside your own encoder:
 *
 *     const relu = await prepare(device, activate, { x: [1000] }, { act: "relu" });
 *     relu.encode(pass, { x: input, y: output }); // output: size(relu.plan.outputs.y) * 4 bytes, usage STORAGE
 *
 * Throws the errors of the plan (shapes, options), `ValueError` for inputs, options, overrides and dtypes that the kernel
 * does not have, and `ShaderError` if the shader does not compile.
 *
 * @example
 * ```ts
 * import { prepare, softmax } from "wgrad/kernels";
 * const adapter = await navigator.gpu.requestAdapter();
 * const device = await (adapter as GPUAdapter).requestDevice();
 * const prepared = await prepare(device, softmax, { x: [2, 3] }, {});
 * console.log(prepared.plan.outputs.y); // [2, 3]
 * device.destroy();
 * ```
 */
export const prepare = /* @__PURE__ */ checkedAsync(
  "prepare",
  {
    device: gpuDevice,
    kernel: kernelKind,
    inputs: record,
    options: /* @__PURE__ */ optional(record),
    more: /* @__PURE__ */ options<PrepareOptions>({ overrides: record, dtypes: record }),
  },
  async <S extends Signature, Options>(
    device: GPUDevice,
    kernel: Kernel<S, Options> & { readonly options?: () => Kinds },
    inputs: InputShapes<S>,
    options: Options,
    { overrides = {}, dtypes = {} }: PrepareOptions = {},
  ): Promise<Prepared<S>> => {
    const known = kernel.options?.();
    checkInputs(kernel.shader, inputs);
    if (known) checkOptions("prepare", options ?? {}, known);
    const plan = planned(kernel, inputs, options);
    const slots = { ...plan.slots, ...dtypes };
    const shader = kernel.shader;
    checkNames(`dtypes of ${shader.path}`, dtypes, Object.keys(shader.slots));
    checkNames(`overrides of ${shader.path}`, overrides, [...overridesOf(shader, slots)]);
    const cache = caches.get(device) ?? new PipelineCache(alone(device));
    caches.set(device, cache);
    const pipeline = cache.get({
      shader,
      slots,
      overrides: { ...(plan.overrides as Readonly<Record<string, number>>), ...overrides },
    });
    await cache.compile([pipeline]);
    const shapes: Readonly<Record<string, Shape | undefined>> = { ...inputs, ...plan.outputs };
    const params = uniformOf(device, shader, plan.params);
    return {
      plan,
      bindings: pipeline.bindings,
      encode(pass, buffers) {
        checkArguments(encoding, [pass, buffers]);
        const resources = pipeline.bindings.map((binding) =>
          bindable(shader.path, binding, shapes[binding.name] ?? [], buffers[binding.name]),
        );
        const group = createBindGroup(device, pipeline, resources, params);
        const [x, y = 1, z = 1] = plan.grid;
        if (x * y * z > 0) encodeDispatch(pass, pipeline, group, params ? [0] : [], plan.grid);
      },
      destroy: () => params?.destroy(),
    };
  },
);

const encoding = /* @__PURE__ */ signature("encode", {
  pass: objectWith("a GPUComputePassEncoder", "dispatchWorkgroups"),
  buffers: record,
});

/** Throws `ValueError` for names and `ShapeError` for shapes that the kernel does not take. */
export function checkInputs(shader: Shader, inputs: object): void {
  const read = shader.bindings.filter(({ access }) => access !== "write");
  const given: Readonly<Record<string, unknown>> = { ...inputs };
  const missing = read.find(({ name }) => given[name] === undefined);
  if (missing) {
    throw new ValueError(
      `prepare: expected inputs ${read.map(({ name }) => name).join(", ")} for ${shader.path}, got no ${missing.name}; ` +
        `pass { ${missing.name} }`,
    );
  }
  const brought = Object.values(shader.slots).flatMap((choices) =>
    Object.values(choices).flatMap(({ bindings }) => bindings),
  );
  checkNames(
    `inputs of ${shader.path}`,
    given,
    [...read, ...brought].map(({ name }) => name),
  );
  for (const [name, shape] of Object.entries(given)) {
    if (shape === undefined || (Array.isArray(shape) && shape.every(natural.accepts))) continue;
    throw new ShapeError(
      `prepare: expected a shape such as [2, 3] as ${name}, got ${describe(shape)}; pass its sizes`,
    );
  }
}

/** The plan of a kernel; unexpected errors in it become a `ValueError`. */
export function planned<S extends Signature, Options>(
  { shader, plan }: Kernel<S, Options>,
  inputs: InputShapes<S>,
  options: Options,
): Plan<S> {
  try {
    return plan(inputs, options ?? ({} as Options));
  } catch (cause) {
    if (cause instanceof WgradError) throw cause;
    throw new ValueError(
      `prepare: expected options that ${shader.path} takes, got ${describe(options)}; ${cause}`,
      { cause },
    );
  }
}

function checkNames(what: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new ValueError(
    `prepare: expected ${what} among ${[...new Set(known)].join(", ") || "none"}, got '${unknown}'; leave it out`,
  );
}

function bindable(
  who: string,
  { name, dtype }: Binding,
  shape: Shape,
  given: GPUBuffer | GPUBufferBinding | undefined,
): GPUBufferBinding {
  const isBuffer = typeof given === "object" && given !== null;
  const binding = isBuffer ? ("buffer" in given ? given : { buffer: given }) : undefined;
  const have = binding ? (binding.size ?? binding.buffer.size - (binding.offset ?? 0)) : 0;
  const bytes = bytesOf(dtype, size(shape));
  if (!binding || !(have >= bytes)) {
    throw new ShapeError(
      `${who}: expected a buffer of at least ${bytes} bytes for ${show(shape)} as ${name}, ` +
        `got ${binding ? `${have} bytes` : "none"}; pass { ${name}: buffer } with usage STORAGE`,
    );
  }
  return binding;
}
