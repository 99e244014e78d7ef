import { dispose } from "../core/dispose.ts";
import { ShapeError, ValidationError, ValueError } from "../core/errors.ts";
import { type DType, type Shape, show, size } from "../core/shape.ts";
import { describe } from "../core/signature.ts";
import { cast } from "../kernels/elementwise/cast.ts";
import type { InputShapes, Kernel, Names, Plan } from "../kernels/kernel.ts";
import { conflict } from "../scheduler/aliasing.ts";
import type { ParamValues } from "../scheduler/dispatch.ts";
import { currentEngine, type Engine } from "../scheduler/engine.ts";
import type { Binding, Shader, Signature } from "../shader/shader.ts";
import { differ, dtypesOf } from "./binding_dtypes.ts";
import { isTensor } from "./kinds.ts";
import { Tensor } from "./tensor.ts";

/** The tensors a kernel reads or updates, by the names its WGSL gives them. */
export type KernelInputs<S extends Signature> = Readonly<
  Record<Names<S["reads"]> | Names<S["inouts"]>, Tensor>
> &
  Readonly<Partial<Record<Names<S["optional"]>, Tensor | undefined>>>;

export type KernelOutputs<S extends Signature> = Readonly<Record<Names<S["writes"]>, Tensor>>;

/** Existing tensors that outputs are written to, instead of new ones. */
export type Into<S extends Signature> = Readonly<
  Partial<Record<Names<S["writes"]>, Tensor | undefined>>
>;

/** dtypes of outputs that can have several; default: that of the inputs. */
export type DTypes<S extends Signature> = Readonly<
  Partial<Record<Names<S["writes"]>, DType | undefined>>
>;

/**
 * Queues one kernel. Checks everything that can be checked first: live tensors, one engine, element types, shapes and
 * options (the plan), limits. Throws before anything is queued. Floats of another precision than the kernel takes are
 * converted first. Options that change from step to step, such as the position in a random stream, are given as a function,
 * which a captured step calls again for every replay.
 */
export function run<S extends Signature, Options>(
  kernel: Kernel<S, Options>,
  inputs: KernelInputs<S>,
  options: NoInfer<Options> | (() => NoInfer<Options>),
  into?: Into<S>,
  dtypes?: DTypes<S>,
): KernelOutputs<S> {
  const { shader } = kernel;
  const current = (): Options => (isCall(options) ? options() : options);
  const given = tensorsIn(shader, inputs);
  const shapes = mapValues(given, (tensor) => tensor.shape);
  const planned = (): Plan => kernel.plan(shapes as InputShapes<S>, current()) as Plan;
  const targets = tensorsIn(shader, into ?? {});
  const engine = engineOf(shader, [...Object.values(given), ...Object.values(targets)]);
  const plan = withDtypes(shader, planned(), { ...targets, ...given }, dtypes ?? {});
  const overrides = (plan.overrides ?? {}) as Readonly<Record<string, number>>;
  const pipeline = engine.gpu.pipelines.get({ shader, slots: plan.slots ?? {}, overrides });
  const { bindings } = pipeline;
  const outputs: Record<string, Tensor> = {};
  for (const binding of bindings) {
    const { name, access, dtype } = binding;
    const tensor = access === "write" ? targets[name] : given[name];
    if (tensor) check(shader, binding, tensor);
    if (access !== "write") continue;
    const shape = (plan.outputs as Readonly<Record<string, Shape>>)[name] ?? [];
    outputs[name] = tensor
      ? fitting(shader, name, tensor, shape)
      : room(engine, shader, name, shape, dtype);
  }
  checkAliasing(shader, bindings, { ...given, ...outputs });
  using converted = new Converted(given, bindings);
  const tensors = { ...converted.all, ...outputs };
  engine.dispatch(
    pipeline,
    plan,
    shapes,
    (name) => (tensors[name] as Tensor).storage,
    isCall(options) ? () => planned().params as ParamValues : undefined,
    engine.inspected
      ? {
          inputs: shapes,
          options: current(),
          refresh: isCall(options) ? options : undefined,
          tensors,
        }
      : undefined,
  );
  return outputs as KernelOutputs<S>;
}

/** The plan with its dtype slots filled. Dispatches are fused only if all bindings are floats. */
function withDtypes(
  shader: Shader,
  plan: Plan,
  tensors: Readonly<Record<string, Tensor>>,
  dtypes: Readonly<Record<string, DType | undefined>>,
): Plan {
  const found = dtypesOf(shader, plan.slots, tensors, dtypes);
  if (!found) return plan;
  const { pointwise, ...rest } = plan;
  const floats = Object.values(found).every((dtype) => dtype === "f16");
  const slots = { ...plan.slots, ...found };
  return { ...rest, ...(pointwise && floats && { pointwise }), slots };
}

function room(engine: Engine, { path }: Shader, name: string, shape: Shape, dtype: DType): Tensor {
  return new Tensor({
    engine,
    storage: engine.allocate(path, shape, { dtype }),
    shape,
    dtype,
    name,
  });
}

/** The option `coarse` of kernels that can spread work over lanes: true on a software adapter. */
export function onAdapter({ engine }: Tensor): { readonly coarse: boolean } {
  return { coarse: engine.gpu.adapter.software };
}

/** Whether a binding's tensor can be converted for the kernel: a float of another precision that is only read. */
const converts = ({ access, dtype }: Binding, tensor: Tensor): boolean =>
  access === "read" && differ(tensor.dtype, dtype);

/** The tensors that a kernel reads: floats converted to the kernel's precision, packed ones expanded. */
class Converted {
  readonly all: Readonly<Record<string, Tensor>>;
  readonly #made: Tensor[] = [];

  constructor(given: Readonly<Record<string, Tensor>>, bindings: readonly Binding[]) {
    const wanted = new Map(bindings.map((binding) => [binding.name, binding]));
    this.all = mapValues(given, (tensor, name) => {
      const binding = wanted.get(name);
      const { packed } = tensor.storage;
      if (!binding || !(packed || converts(binding, tensor))) return tensor;
      const made = (packed?.() as Tensor) ?? converted(tensor, binding.dtype);
      this.#made.push(made);
      return made;
    });
  }

  [dispose](): void {
    for (const tensor of this.#made) tensor.dispose();
  }
}

/** Converts x to another dtype, without a history. */
export function converted(x: Tensor, dtype: DType): Tensor {
  const options = { from: x.dtype, to: dtype };
  return run(cast, { x }, options, undefined, { y: dtype }).y;
}

function isCall<Options>(options: Options | (() => Options)): options is () => Options {
  return typeof options === "function";
}

/** The tensors of a record; throws if one is not a tensor. */
function tensorsIn(shader: Shader, record: Readonly<Record<string, unknown>>) {
  const given: Record<string, Tensor> = {};
  for (const [name, value] of Object.entries(record)) {
    if (value === undefined) continue;
    if (!isTensor(value)) {
      throw new ValueError(
        `${shader.path}: expected a tensor as ${name}, got ${describe(value)}; make one with tensor()`,
      );
    }
    given[name] = value;
  }
  return given;
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  f: (a: A, name: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value, name)]));
}

function engineOf(shader: Shader, tensors: readonly Tensor[]): Engine {
  const [first, ...others] = tensors;
  const engine = first?.engine ?? currentEngine();
  const other = others.find((tensor) => tensor.engine !== engine);
  if (!other) return engine;
  throw new ValueError(
    `${shader.path}: expected tensors of one engine, got ${first} of one and ${other} of another; create them after ` +
      "the same init()",
  );
}

function check(shader: Shader, binding: Binding, tensor: Tensor): void {
  tensor.checkUsable(shader.path);
  const { name, dtype } = binding;
  if (tensor.dtype === dtype || converts(binding, tensor)) return;
  throw new ValueError(
    `${shader.path}: expected ${dtype}, got ${tensor} as '${name}'; convert it with cast(x, "${dtype}")`,
  );
}

function fitting(shader: Shader, name: string, tensor: Tensor, shape: Shape): Tensor {
  if (tensor.size === size(shape)) return tensor;
  throw new ShapeError(
    `${shader.path}: output '${name}' is ${show(shape)}, got a destination ${show(tensor.shape, tensor.name)}; ` +
      "pass one of the same size",
  );
}

/** Throws if a dispatch would read and write one buffer, or write it twice: WebGPU refuses that with a less clear message. */
function checkAliasing(
  shader: Shader,
  bindings: readonly Binding[],
  tensors: Readonly<Record<string, Tensor>>,
): void {
  const ranges = bindings.flatMap(({ name, access }) => {
    const tensor = tensors[name];
    if (!tensor) return [];
    const { root: buffer, offset } = tensor.storage;
    return [{ name, access, buffer, offset, bytes: tensor.storage.bytes }];
  });
  const both = conflict(ranges);
  if (!both) return;
  const [a, b] = both.map(({ name }) => show(tensors[name]?.shape ?? [], tensors[name]?.name));
  throw new ValidationError(
    `${shader.path}: expected different buffers to read and write, got ${a} as '${both[0].name}' and ${b} as ` +
      `'${both[1].name}', which share one; write to a new tensor`,
  );
}
