import type { DType } from "../core/shape.ts";
import { accumulate } from "../kernels/elementwise/accumulate.ts";
import { add } from "../kernels/elementwise/add.ts";
import { scale } from "../kernels/elementwise/scale.ts";
import { onRefusal } from "../scheduler/step/recording.ts";
import { differ } from "../tensor/binding_dtypes.ts";
import { converted, run } from "../tensor/run.ts";
import { keepWith } from "../tensor/scope.ts";
import type { GradNode, Tensor } from "../tensor/tensor.ts";

/** Gradients during a backward pass. */
export class Gradients {
  readonly #pending = new Map<GradNode, Tensor>();

  /** Where the gradient of `input` goes. */
  slot(input: Tensor): GradSlot {
    return input.node ? new InnerSlot(this.#pending, input.node) : new LeafSlot(input);
  }

  /** Tensors whose gradients wait for their nodes. */
  get waiting(): Tensor[] {
    return [...this.#pending.values()];
  }

  /** The gradient of a node's result, complete once all nodes that use the result were visited. */
  take(node: GradNode): Tensor | undefined {
    const dy = this.#pending.get(node);
    this.#pending.delete(node);
    return dy;
  }
}

/** Receives the gradient of one input of an operation. */
export interface GradSlot {
  /**
   * A tensor that the gradient kernel may write directly (the leaf's place in its arena), or undefined. Code that uses it
   * must write all of it and pass it to `add`.
   */
  readonly into: Tensor | undefined;
  /** Adds a gradient of the input's size; the slot owns it from then on. */
  add(gradient: Tensor): void;
}

class InnerSlot implements GradSlot {
  readonly into = undefined;
  readonly #pending: Map<GradNode, Tensor>;
  readonly #node: GradNode;

  constructor(pending: Map<GradNode, Tensor>, node: GradNode) {
    this.#pending = pending;
    this.#node = node;
  }

  add(gradient: Tensor): void {
    const total = this.#pending.get(this.#node);
    this.#pending.set(this.#node, total ? sum(total, gradient) : gradient);
  }
}

class LeafSlot implements GradSlot {
  readonly #leaf: Tensor;
  #claimed = false;

  constructor(leaf: Tensor) {
    this.#leaf = leaf;
  }

  get into(): Tensor | undefined {
    if (this.#claimed || this.#leaf.grad) return undefined;
    this.#claimed = true;
    return this.#place;
  }

  /** The leaf's place in its arena, for the next queued dispatch; if that is refused, the leaf has no gradient. */
  get #place(): Tensor | undefined {
    const leaf = this.#leaf;
    const { gradTarget } = leaf;
    if (gradTarget) {
      onRefusal(() => {
        if (leaf.grad === gradTarget) leaf.grad = null;
      });
    }
    return gradTarget;
  }

  add(given: Tensor): void {
    const leaf = this.#leaf;
    const gradient = inPrecision(given, leaf.dtype);
    const target = leaf.gradTarget;
    if (leaf.grad && leaf.grad === target) {
      addInPlace(target, gradient);
    } else if (leaf.grad) {
      leaf.grad = keepWith(leaf, sum(leaf.grad, gradient));
    } else if (target && gradient !== target) {
      run(scale, { x: gradient }, { scale: 1, shift: 0 }, { y: this.#place });
      gradient.dispose();
      leaf.grad = target;
    } else {
      leaf.grad = keepWith(leaf, gradient);
      gradient.storage.root.undo = () => {
        if (leaf.grad !== gradient) return;
        leaf.grad = null;
        if (gradient !== leaf.gradTarget) gradient.dispose(); // else it has become the place in the arena
      };
    }
  }
}

/** Converts a gradient to f32 or f16. Frees the original. */
export function inPrecision(gradient: Tensor, dtype: DType): Tensor {
  if (!differ(gradient.dtype, dtype)) return gradient;
  using old = gradient;
  return converted(old, dtype);
}

/** total + gradient: in place if the total's bytes are not shared, else in a new tensor. Frees the tensors it replaces. */
function sum(total: Tensor, gradient: Tensor): Tensor {
  if (!total.storage.shared && total.dtype === "f32") return addInPlace(total, gradient);
  const { c } = run(add, { a: total, b: gradient }, {});
  total.dispose();
  gradient.dispose();
  return c;
}

function addInPlace(total: Tensor, gradient: Tensor): Tensor {
  run(accumulate, { dst: total, src: gradient }, { scale: 1 });
  gradient.dispose();
  return total;
}
