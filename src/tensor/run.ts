import { ShapeError, ValidationError, ValueError } from "../core/errors.ts";
import { type Shape, show, size } from "../core/shape.ts";
import type { InputShapes, Kernel, Plan } from "../kernels/kernel.ts";
import { conflict } from "../scheduler/aliasing.ts";
import type { Params } from "../scheduler/command.ts";
import { currentEngine, type Engine } from "../scheduler/engine.ts";
import { bindingsOf, type Shader, type Signature } from "../shader/shader.ts";
import { Tensor } from "./tensor.ts";

type Names<T> = Extract<keyof T, string>;

/** The tensors a kernel reads or updates, by the names its WGSL gives them. */
export type KernelInputs<S extends Signature> = Readonly<
  Record<Names<S["reads"]> | Names<S["inouts"]>, Tensor>
> &
  Readonly<Partial<Record<Names<S["optional"]>, Tensor | undefined>>>;

export type KernelOutputs<S extends Signature> = Readonly<Record<Names<S["writes"]>, Tensor>>;

/** Existing tensors to write an output to, instead of a new one. */
export type Into<S extends Signature> = Readonly<
  Partial<Record<Names<S["writes"]>, Tensor | undefined>>
>;

/**
 * Queues one kernel. Checks everything that can be checked first: live tensors, one engine, element types, shapes and
 * options (the plan), limits. Throws before anything is queued. Options that change from step to step, such as the place
 * in a random stream, are given as a function: a captured step asks it again for every replay.
 */
export function run<S extends Signature, Options>(
  kernel: Kernel<S, Options>,
  inputs: KernelInputs<S>,
  options: NoInfer<Options> | (() => NoInfer<Options>),
  into?: Into<S>,
): KernelOutputs<S> {
  const { shader } = kernel;
  const current = (): Options => (isCall(options) ? options() : options);
  const given = present<Tensor>(inputs);
  const shapes = mapValues(given, (tensor) => tensor.shape);
  const planned = (): Plan => kernel.plan(shapes as InputShapes<S>, current()) as Plan;
  const plan = planned();
  const targets = present<Tensor>(into ?? {});
  const engine = engineOf(shader, [...Object.values(given), ...Object.values(targets)]);
  const bindings = bindingsOf(shader, plan.slots);
  const outputs: Record<string, Tensor> = {};
  for (const { name, access, dtype } of bindings) {
    const tensor = access === "write" ? targets[name] : given[name];
    if (tensor) check(shader, name, dtype, tensor);
    if (access !== "write") continue;
    const shape = (plan.outputs as Readonly<Record<string, Shape>>)[name] ?? [];
    outputs[name] = tensor
      ? fitting(shader, name, tensor, shape)
      : new Tensor({ engine, storage: engine.allocate(shader.path, shape), shape, dtype, name });
  }
  checkAliasing(shader, bindings, { ...given, ...outputs });
  engine.dispatch(
    shader,
    plan,
    shapes,
    (name) => (outputs[name] ?? (given[name] as Tensor)).storage,
    isCall(options) ? () => planned().params as Params : undefined,
    engine.inspected
      ? {
          inputs: shapes,
          options: current(),
          refresh: isCall(options) ? options : undefined,
          tensors: { ...given, ...outputs },
        }
      : undefined,
  );
  return outputs as KernelOutputs<S>;
}

/** The option of kernels that work otherwise where the CPU emulates a GPU. */
export function onAdapter({ engine }: Tensor): { readonly software: boolean } {
  return { software: engine.gpu.adapter.software };
}

function isCall<Options>(options: Options | (() => Options)): options is () => Options {
  return typeof options === "function";
}

function present<T>(record: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, T] => entry[1] !== undefined),
  );
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, f: (a: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]));
}

function engineOf(shader: Shader, tensors: readonly Tensor[]): Engine {
  const engines = new Set(tensors.map((tensor) => tensor.engine));
  const [engine = currentEngine()] = engines;
  if (engines.size <= 1) return engine;
  throw new ValueError(
    `${shader.path}: expected tensors of one engine, got ${engines.size}; create them after the same init()`,
  );
}

function check(shader: Shader, name: string, dtype: string, tensor: Tensor): void {
  tensor.checkUsable(shader.path);
  if (tensor.dtype === dtype) return;
  throw new ValueError(
    `${shader.path}: '${name}' expects ${dtype}, got ${tensor.dtype} in ${show(tensor.shape, tensor.name)}; ` +
      `create it with { dtype: "${dtype}" }`,
  );
}

function fitting(shader: Shader, name: string, tensor: Tensor, shape: Shape): Tensor {
  if (tensor.size === size(shape)) return tensor;
  throw new ShapeError(
    `${shader.path}: output '${name}' is ${show(shape)}, got a destination ${show(tensor.shape, tensor.name)}; ` +
      "pass one of the same size",
  );
}

/** WebGPU refuses a buffer that one dispatch reads and writes, or writes twice; say so before it does. */
function checkAliasing(
  shader: Shader,
  bindings: ReturnType<typeof bindingsOf>,
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
    `${shader.path}: expected different buffers to read and to write, got ${a} as '${both[0].name}' and ${b} as ` +
      `'${both[1].name}', which share one; write to a new tensor`,
  );
}
