import { gradEnabled } from "../../autograd/mode.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { WholeNames } from "../../nn/module/members.ts";
import { Module } from "../../nn/module/module.ts";
import { buffer, parameter } from "../../nn/module/parameter.ts";
import { cast } from "../../ops/elementwise/precision.ts";
import { reshape } from "../../ops/shape/reshape.ts";
import { isTensor } from "../../tensor/kinds.ts";
import { keep, scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import {
  dtypeOf,
  type ElementType,
  elementOf,
  type HostValue,
  isFloating,
  isWhole,
} from "./elements.ts";
import { interpret, onGpu, upload } from "./interpret.ts";
import type { Port } from "./messages.ts";
import type { GpuValue, Value } from "./operator.ts";
import { constantsOf, type NodeStep, type OnnxPlan } from "./plan.ts";

/** Tensors by their names in the file. */
export type NamedTensors = Readonly<Record<string, Tensor>>;

/** One tensor for a graph with one input, or all by name. Inputs that determine shapes are numbers: `{ x, sizes: [2, 3] }`. */
export type OnnxInput = Tensor | Readonly<Record<string, Tensor | number | readonly number[]>>;

/** An input or an output of a graph. */
export interface OnnxPort {
  /** Name of the input or output in the file. */
  readonly name: string;
  /** dtype of its elements; undefined if the file does not contain it. */
  readonly type: ElementType | undefined;
  /** Sizes; those that are not fixed have a name or are null. Undefined if the file does not contain them. */
  readonly shape: readonly (number | string | null)[] | undefined;
  /** Whether the input is passed as numbers, because shapes or bounds depend on it. */
  readonly numbers: boolean;
}

/** Maximum number of input shapes for which results of the host are cached. */
const REMEMBERED = 16;

/**
 * A network from an ONNX file. Its parameters and buffers have the names of the file; a state dict of another training of
 * the same network can be loaded. It is initially in evaluation mode; in training mode dropout is active, and batch norm
 * uses the batch's statistics and updates the running ones.
 */
export class OnnxModel<Result extends Tensor | NamedTensors = Tensor> extends Module<
  [x: OnnxInput],
  Result
> {
  /** Parameters and buffers by their names in the file. */
  readonly weights = new WholeNames<Tensor>();
  readonly #plan: OnnxPlan;
  readonly #constants: ReadonlyMap<string, HostValue>;
  readonly #types: ReadonlyMap<string, ElementType>;
  readonly #uploaded = new Map<HostValue, Tensor>();
  readonly #folded = new Map<string, Map<NodeStep, readonly HostValue[]>>();

  constructor(plan: OnnxPlan) {
    super();
    this.#plan = plan;
    this.#constants = plan.constants;
    this.#types = new Map(
      [...plan.parameters, ...plan.buffers].map(([name, { type }]) => [name, type]),
    );
    for (const [name, value] of plan.parameters)
      this.weights.set(name, parameter(upload(value, name)));
    for (const [name, value] of plan.buffers) this.weights.set(name, buffer(upload(value, name)));
    for (const [name, value] of [...plan.constants, ...constantsOf(plan.steps)]) {
      if (fits(value) && readOnGpu(plan, name))
        this.#uploaded.set(value, keep(upload(value, name)));
    }
    this.eval();
  }

  /** Inputs of `forward`, in the order of the file. */
  get inputs(): readonly OnnxPort[] {
    const { inputs, hostInputs } = this.#plan;
    return inputs.map((port) => ({ ...port, numbers: hostInputs.has(port.name) }));
  }

  /** Outputs of `forward`, in the order of the file. */
  get outputs(): readonly OnnxPort[] {
    return this.#plan.outputs.map((port) => ({ ...port, numbers: false }));
  }

  /**
   * Computes the output, or all outputs by name. The size of the first axis is free unless the graph itself fixes it.
   * Throws `ValueError` for inputs that are missing or have another dtype, `ShapeError` for other shapes.
   */
  override forward(x: OnnxInput): Result {
    const given = this.#given(x);
    const work = () => {
      const values = new Map<string, Value>([
        ...this.#constants,
        ...this.#weightValues(),
        ...given,
      ]);
      const { training } = this;
      const folded = this.#remembered(given);
      interpret({ plan: this.#plan, training, values, uploaded: this.#uploaded, folded });
      return this.#plan.outputs.map(({ name }) => this.#result(values.get(name) as Value, given));
    };
    const results = gradEnabled() ? work() : scope(work); // a backward pass needs the intermediate results
    if (results.length === 1) return results[0] as Result;
    return Object.fromEntries(
      this.#plan.outputs.map(({ name }, i) => [name, results[i]]),
    ) as Result;
  }

  /** Frees every parameter, buffer, gradient and constant. */
  override dispose(): void {
    super.dispose();
    for (const tensor of this.#uploaded.values()) tensor.dispose();
  }

  #weightValues(): [name: string, value: GpuValue][] {
    return [...this.weights].map(([name, tensor]) => [
      name,
      { tensor, type: this.#types.get(name) as ElementType, shape: tensor.shape },
    ]);
  }

  /** Inputs by name, in the form that the graph needs. */
  #given(x: OnnxInput): Map<string, Value> {
    const { inputs, hostInputs } = this.#plan;
    const named = isTensor(x) ? { [inputs[0]?.name ?? ""]: x } : x;
    const names = inputs.map(({ name }) => name);
    const wrong =
      names.find((name) => !Object.hasOwn(named, name)) ??
      Object.keys(named).find((name) => !names.includes(name));
    if (wrong !== undefined) {
      throw new ValueError(
        `forward: expected the inputs ${names.join(", ")}, got ${Object.keys(named).join(", ") || "none"}; ` +
          `${names.includes(wrong) ? "pass" : "leave out"} '${wrong}'`,
      );
    }
    return new Map(
      inputs.map((port): [string, Value] => {
        const value = named[port.name] as Tensor | number | readonly number[];
        return [
          port.name,
          hostInputs.has(port.name) ? numbersOf(port, value) : tensorOf(port, value),
        ];
      }),
    );
  }

  /** Cached results of the host for inputs of these shapes and numbers. */
  #remembered(given: ReadonlyMap<string, Value>): Map<NodeStep, readonly HostValue[]> {
    const key = [...given.values()]
      .map((value) => ("data" in value ? `${value.shape}:${value.data}` : value.shape.join()))
      .join(";");
    const found = this.#folded.get(key) ?? new Map<NodeStep, readonly HostValue[]>();
    this.#folded.delete(key); // move it to the end: most recently used
    this.#folded.set(key, found);
    const [oldest] = this.#folded.keys();
    if (this.#folded.size > REMEMBERED && oldest !== undefined) this.#folded.delete(oldest);
    return found;
  }

  /** An output as a new tensor: never an input, or a tensor that the model keeps. */
  #result(value: Value, given: ReadonlyMap<string, Value>): Tensor {
    const tensor = onGpu({ uploaded: this.#uploaded }, value);
    const others = [...given.values()].map((each) => ("tensor" in each ? each.tensor : undefined));
    const own = [...this.weights.values(), ...this.#uploaded.values(), ...others];
    return own.includes(tensor) ? reshape(tensor, tensor.shape) : tensor;
  }
}

/** Whether the GPU can represent the numbers. */
const fits = ({ type, data }: HostValue): boolean => {
  const low = dtypeOf(type) === "u32" ? 0 : -(2 ** 31);
  return !isWhole(type) || data.every((n) => n >= low && n < low + 2 ** 32);
};

/** Whether a node reads it on the GPU. */
const readOnGpu = ({ steps, outputs }: OnnxPlan, name: string): boolean =>
  outputs.some((port) => port.name === name) ||
  steps.some(({ node, operator }) =>
    node.inputs.some((each, i) => each === name && operator.run && !operator.host?.includes(i)),
  );

/** Numbers of an input that the host needs. */
function numbersOf(port: Port, value: Tensor | number | readonly number[]): HostValue {
  const { name, type = "int64", shape } = port;
  const list = typeof value === "number" ? [value] : value;
  if (isTensor(list) || !Array.isArray(list) || !list.every((n) => typeof n === "number")) {
    throw new ValueError(
      `forward: expected numbers as '${name}', got another value; shapes depend on it: pass an array, such as [2, 3]`,
    );
  }
  const known = shape?.every((n): n is number => typeof n === "number")
    ? (shape as number[])
    : undefined;
  const own =
    known && size(known) === list.length ? known : typeof value === "number" ? [] : [list.length];
  return { type, shape: own, data: Float64Array.from(list, (n) => elementOf(type, n)) };
}

/** An input with the dtype and shape that the file requires; other integers are converted. */
function tensorOf({ name, type = "float", shape }: Port, value: unknown): GpuValue {
  if (!isTensor(value)) {
    throw new ValueError(
      `forward: expected a tensor as '${name}', got another value; make one with tensor()`,
    );
  }
  value.checkUsable("forward");
  const whole = value.dtype === "i32" || value.dtype === "u32";
  if (type !== "bool" && whole === isFloating(type)) {
    throw new ValueError(
      `forward: expected ${type} as '${name}', got ${value.dtype}; make the tensor with { dtype: "${dtypeOf(type)}" }`,
    );
  }
  const wanted = shape?.map((n, axis) =>
    typeof n === "number" && axis > 0 ? n : (value.shape[axis] ?? 0),
  );
  if (wanted && !sameShape(wanted, value.shape)) {
    throw new ShapeError(
      `forward: expected [${shape?.map((n) => n ?? "?").join(", ")}] as '${name}', got ${show(value.shape)}; reshape or resize it`,
    );
  }
  const tensor = whole && value.dtype !== dtypeOf(type) ? cast(value, dtypeOf(type)) : value;
  return { tensor, type, shape: tensor.shape };
}
