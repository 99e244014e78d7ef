import { ValueError } from "../core/errors.ts";
import { callback, rest } from "../core/kinds.ts";
import { describe, passing } from "../core/signature.ts";
import { fence } from "../scheduler/step/recording.ts";
import { isTensor, tensorKind } from "../tensor/kinds.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Gradients } from "./gradients.ts";
import { halfEnabled, withGrad, withHalf } from "./mode.ts";
import { handOn, Node } from "./node.ts";
import { Tape } from "./recompute.ts";

/**
 * `fn(...inputs)` without saving intermediate results for the backward pass, which computes them again: less memory for
 * more time, as torch.utils.checkpoint (Chen et al., "Training deep nets with sublinear memory cost", 2016). Results and
 * gradients are the same to the last bit: dropout drops the same elements both times, and running statistics are updated
 * once.
 *
 *     const h = checkpoint((x) => block.forward(x), x);
 *
 * `fn` must be synchronous, do the same both times, and return one tensor; its intermediate tensors are freed. Throws
 * `ValueError` if it returns anything else.
 *
 * @example
 * ```ts
 * import { checkpoint, exp, sum, tensor } from "wgrad";
 * const x = tensor([0, 1], { requiresGrad: true });
 * sum(checkpoint((x) => exp(exp(x)), x)).backward(); // the inner exp is computed again
 * console.log(await x.grad?.read()); // [2.718, 41.19]
 * ```
 */
export const checkpoint = /* @__PURE__ */ passing(
  "checkpoint",
  { fn: callback, inputs: rest(tensorKind) },
  checkpointed,
);

function checkpointed<Inputs extends readonly Tensor[]>(
  fn: (...inputs: Inputs) => Tensor,
  ...inputs: Inputs
): Tensor {
  const tape = new Tape();
  const y = scope(() => tape.record(() => fn(...inputs)));
  if (!isTensor(y)) {
    throw new ValueError(
      `checkpoint: expected a function that returns one tensor, got ${describe(y)}; compute the rest outside of it`,
    );
  }
  if (!y.requiresGrad || !y.node || inputs.includes(y)) return y;
  const names = inputs.map((input, i) => [`input${i}`, input] as const);
  const saved = Object.fromEntries(names.map(([name, input]) => [name, input.detach()]));
  // replaces the nodes made in fn, whose saved tensors the scope has freed
  const half = halfEnabled();
  const made = { name: "checkpoint", dtype: y.dtype };
  y.node = new Node(made, Object.fromEntries(names), saved, (dy, kept, _grads, all) => {
    const again = names.map(([name, input]) => linked(kept[name] as Tensor, input));
    const run = () =>
      withHalf(half, () => tape.repeat(() => fn(...(again as readonly Tensor[] as Inputs))));
    scope(() => walkAgain(run, dy, all));
  });
  return y;
}

/** Runs the function again and its backward on `dy`. Returns the tensors that must outlive the scope. */
function walkAgain(run: () => Tensor, dy: Tensor, all: Gradients): Tensor[] {
  fence(); // otherwise it could be fused with the first computation, whose intermediate results would then be kept
  const since = Node.count;
  const y = withGrad(run);
  all.slot(y).add(handOn(dy));
  if (y.node instanceof Node) y.node.walk(all, since);
  return all.waiting;
}

/** A handle to an input's saved content, whose gradient goes to the input's slot. */
function linked(held: Tensor, input: Tensor): Tensor {
  if (input.requiresGrad && !input.node) return input;
  const handle = held.detach();
  handle.requiresGrad = input.requiresGrad;
  handle.node = input.node;
  return handle;
}
