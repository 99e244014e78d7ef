import { callBack } from "../core/caller.ts";
import { ShapeError, ValueError } from "../core/errors.ts";
import { callback, type Kind, required, rest } from "../core/kinds.ts";
import { sameShape, show } from "../core/shape.ts";
import { checked, describe, options } from "../core/signature.ts";
import { isTensor, tensorKind } from "../tensor/kinds.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Arriving, joined } from "./joined.ts";
import { gradEnabled, halfEnabled, withHalf, withoutGrad } from "./mode.ts";
import { handOn, Node } from "./node.ts";

/** The result of an operation: one tensor, or several. */
export type Outputs = Tensor | readonly [] | readonly Tensor[];

/** Upstream gradients that a backward gets: that of the result, or one for each of several results. */
export type Upstream<Y extends Outputs> = Y extends Tensor
  ? Tensor
  : { readonly [K in keyof Y]: Tensor };

/** A gradient of one tensor; null for none. */
export type OpGradients = Tensor | null | readonly (Tensor | null)[];

/** What the forward of `defineOp` returns. */
export interface OpResult<Y extends Outputs, S extends object> {
  /** The result: a tensor, or a list of several. */
  readonly output: Y;
  /** Everything that the backward needs: tensors, which are kept alive until it has run, and any other values. */
  readonly saved?: S;
}

/** An operation of your own: see `defineOp`. */
export interface OpDefinition<
  Args extends readonly unknown[],
  Y extends Outputs,
  S extends object,
> {
  /** Name of the operation in errors, `explain()` and profiles. */
  readonly name: string;
  /** Computes the result, and what the backward needs, from tensors and other arguments. */
  readonly forward: (...args: Args) => OpResult<Y, S>;
  /** `wanted` says, for each tensor among forward's arguments in order, whether its gradient is needed. */
  readonly backward: (
    upstream: Upstream<NoInfer<Y>>,
    saved: NoInfer<S>,
    wanted: readonly boolean[],
  ) => OpGradients;
}

/** Any argument of the operation; tensors among them must be live. */
const argument: Kind = {
  expected: "tensors and options",
  accepts: () => true,
  check: (value, who, name) => isTensor(value) && tensorKind.check?.(value, who, name),
};

/**
 * An operation with your own backward, as torch.autograd.Function. Returns a function of forward's arguments.
 *
 *     const cube = defineOp({
 *       name: "cube",
 *       forward: (x: Tensor) => ({ output: mul(x, mul(x, x)), saved: { x } }),
 *       backward: (dy, { x }) => mul(dy, mul(3, mul(x, x))),
 *     });
 *
 * `forward` takes tensors and, in any position, other arguments, and computes with operations or kernels; nothing in it is
 * differentiated, and its intermediate tensors are freed. `backward` gets the gradient of the output, in its shape (for
 * several outputs a list, with zeros for those that were not used), and `saved`. It returns a gradient for each tensor
 * among forward's arguments, in their order, of that tensor's shape; null for those without one. It runs in `noGrad`, and
 * inside `autocast` where forward did. Integer outputs have no gradient.
 *
 * Throws `ValueError` in the operation's name for outputs that are not tensors, tensors of several engines, a wrong number
 * of gradients, and gradients that are not float tensors; `ShapeError` for gradients of other shapes.
 *
 * @example
 * ```ts
 * import { defineOp, div, mul, round, sum, type Tensor, tensor } from "wgrad";
 * const quantize = defineOp({
 *   name: "quantize",
 *   forward: (x: Tensor) => ({ output: div(round(mul(x, 4)), 4) }),
 *   backward: (dy) => dy, // a straight-through estimator
 * });
 * const x = tensor([0.3, 0.6]);
 * x.requiresGrad = true;
 * sum(quantize(x)).backward();
 * console.log(await quantize(x).read(), await x.grad?.read()); // [0.25, 0.5] [1, 1]
 * ```
 */
export const defineOp = /* @__PURE__ */ checked(
  "defineOp",
  {
    definition: /* @__PURE__ */ options<OpDefinition<[], Tensor, object>>({
      name: /* @__PURE__ */ required({
        expected: "a name",
        advice: 'write { name: "cube", forward, backward }',
        accepts: (value) => typeof value === "string" && /^[\w./ ]+$/.test(value),
      }),
      forward: /* @__PURE__ */ required(callback),
      backward: /* @__PURE__ */ required(callback),
    }),
  },
  <Args extends readonly unknown[], Y extends Outputs, S extends object = Record<never, never>>(
    definition: OpDefinition<Args, Y, S>,
  ): ((...args: Args) => Y) => {
    const call = (...args: Args): Y => apply(definition, args);
    return checked(definition.name, { arguments: rest(argument) }, call);
  },
);

function apply<Args extends readonly unknown[], Y extends Outputs, S extends object>(
  definition: OpDefinition<Args, Y, S>,
  args: Args,
): Y {
  const inputs = args.filter(isTensor);
  const other = inputs.find(({ engine }) => engine !== inputs[0]?.engine);
  if (other) {
    throw new ValueError(
      `${definition.name}: expected tensors of one engine, got ${inputs[0]} of one and ${other} of another; create ` +
        "them after the same init()",
    );
  }
  const { outputs, saved, single } = scope(() => ran(definition, args));
  for (const output of outputs) output.name = definition.name;
  const floats = outputs.filter(({ dtype }) => dtype === "f32" || dtype === "f16");
  if (gradEnabled() && floats.length > 0 && inputs.some(({ requiresGrad }) => requiresGrad)) {
    link(definition, inputs, outputs, saved, single);
  } else {
    for (const kept of Object.values(saved)) if (isTensor(kept)) kept.dispose();
  }
  const result: unknown = single ? outputs[0] : outputs;
  return result as Y;
}

interface Ran {
  readonly outputs: readonly Tensor[];
  readonly saved: Readonly<Record<string, unknown>>;
  readonly single: boolean;
}

/** Runs forward. Outputs get new handles: an output may also be an input, or saved. */
function ran<Args extends readonly unknown[], Y extends Outputs, S extends object>(
  { name, forward }: OpDefinition<Args, Y, S>,
  args: Args,
): Ran {
  const result: unknown = callBack(() => withoutGrad(() => forward(...args)));
  const { output, saved = {} } = isTensor(result)
    ? { output: undefined }
    : ((result ?? {}) as Partial<OpResult<Outputs, object>>);
  const single = isTensor(output);
  const outputs: readonly unknown[] = single ? [output] : Array.isArray(output) ? output : [];
  if (outputs.length === 0 || !outputs.every(isTensor)) {
    throw new ValueError(
      `${name}: expected { output, saved } of forward, output a tensor or an array of them, got ` +
        `${describe(output ?? result)}; return { output: y, saved: { x } }`,
    );
  }
  for (const each of outputs) each.checkUsable(name);
  const kept = Object.entries(saved).map(([key, value]) => [
    key,
    isTensor(value) ? value.detach() : value,
  ]);
  return {
    outputs: outputs.map((each) => each.detach()),
    saved: Object.fromEntries(kept),
    single,
  };
}

/** Records how the outputs were made. */
function link<Args extends readonly unknown[], Y extends Outputs, S extends object>(
  definition: OpDefinition<Args, Y, S>,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  saved: Ran["saved"],
  single: boolean,
): void {
  const half = halfEnabled();
  const [kept, others]: [Record<string, Tensor>, Record<string, unknown>] = [{}, {}];
  for (const [key, value] of Object.entries(saved)) {
    if (isTensor(value)) kept[key] = value;
    else others[key] = value;
  }
  const targets = inputs.map(({ shape, engine }) => ({ shape, engine }));
  const arriving: Arriving = (dys, tensors, slots) => {
    const wanted = targets.map((_, i) => slots[i] !== undefined);
    const found = scope(() => {
      const upstream: unknown = single ? dys[0] : dys;
      const all: unknown = { ...others, ...tensors };
      return callBack(() => {
        const given = withHalf(half, () =>
          definition.backward(upstream as Upstream<Y>, all as S, wanted),
        );
        return gradientsOf(definition.name, targets, given).map((gradient, i) =>
          gradient && wanted[i] ? handOn(gradient) : null,
        );
      });
    });
    found.forEach((gradient, i) => {
      if (gradient) slots[i]?.add(gradient);
    });
  };
  const by = Object.fromEntries(inputs.map((input, i) => [i, input]));
  const [output] = outputs as readonly [Tensor];
  if (single) {
    output.node = new Node(output, by, kept, (dy, tensors, slots) =>
      arriving([dy], tensors, slots as Parameters<Arriving>[2]),
    );
    output.requiresGrad = true;
  } else {
    joined(definition.name, by, outputs, kept, arriving);
  }
}

/** The gradients that a backward has returned, one for each tensor among forward's arguments. */
function gradientsOf(
  name: string,
  targets: readonly Pick<Tensor, "shape" | "engine">[],
  given: unknown,
): readonly (Tensor | null)[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const advice = "backward returns one for each tensor that forward takes, null for those without";
  if (list.length !== targets.length || list.includes(undefined)) {
    const got = list.includes(undefined) ? describe(undefined) : list.length;
    throw new ValueError(
      `${name}: expected ${targets.length} gradient${targets.length === 1 ? "" : "s"}, got ${got}; ${advice}`,
    );
  }
  return list.map((gradient, i) => {
    const { shape, engine } = targets[i] as Pick<Tensor, "shape" | "engine">;
    if (gradient === null) return null;
    const which = `as the gradient of tensor ${i + 1} of ${targets.length}`;
    if (!isTensor(gradient) || gradient.dtype === "i32" || gradient.dtype === "u32") {
      const got = isTensor(gradient) ? `${gradient}` : describe(gradient);
      throw new ValueError(`${name}: expected a float tensor ${which}, got ${got}; ${advice}`);
    }
    gradient.checkUsable(name);
    if (gradient.engine !== engine) {
      throw new ValueError(
        `${name}: expected a tensor of the input's engine ${which}, got one of another; compute it from dy`,
      );
    }
    if (sameShape(gradient.shape, shape)) return gradient;
    throw new ShapeError(
      `${name}: expected ${show(shape)} ${which}, got ${show(gradient.shape)}; it has the shape of that tensor`,
    );
  });
}
