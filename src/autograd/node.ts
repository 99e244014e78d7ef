import { DisposedError, ShapeError, ValueError } from "../core/errors.ts";
import { type DType, sameShape, show } from "../core/shape.ts";
import { currentPlace, inPlace } from "../scheduler/observe/place.ts";
import { activeRecording, making } from "../scheduler/step/recording.ts";
import { tensor } from "../tensor/create.ts";
import type { GradNode, Tensor } from "../tensor/tensor.ts";
import { Gradients, type GradSlot, inPrecision } from "./gradients.ts";
import { gradEnabled, noGrad } from "./mode.ts";

/** Tensors an operation keeps for its backward, by name. */
export type SavedTensors = Readonly<Record<string, Tensor>>;

/** Where the gradients of an operation's inputs go; undefined for inputs that need none. */
export type GradSlots<Inputs> = { readonly [Name in keyof Inputs]?: GradSlot };

/**
 * The backward of an operation: computes the gradients of its inputs from dy and the saved tensors. Slots of inputs that
 * need no gradient are undefined. A gradient passed to `add` belongs to the slot. `all` holds every gradient of this
 * backward pass, for operations that consist of others.
 */
export type Backward<Inputs, S extends SavedTensors> = (
  dy: Tensor,
  saved: S,
  grads: GradSlots<Inputs>,
  all: Gradients,
) => void;

/** An operation that ran: how its result was computed and how gradients flow back. */
export class Node implements GradNode {
  readonly name: string;
  /** dtype of its result, and so of the result's gradient. */
  readonly #dtype: DType;
  readonly #order: number;
  /** The layer that the operation and its backward belong to. */
  readonly #frame = currentPlace().frame;
  #inputs: Readonly<Record<string, Tensor | undefined>>;
  #saved: SavedTensors | undefined;
  readonly #backward: Backward<Record<string, unknown>, SavedTensors>;
  static #count = 0;

  constructor(
    { name, dtype }: Pick<Tensor, "name" | "dtype">,
    inputs: Readonly<Record<string, Tensor | undefined>>,
    saved: SavedTensors,
    backward: Backward<Record<string, unknown>, SavedTensors>,
  ) {
    this.#order = Node.#count++;
    this.name = name;
    this.#dtype = dtype;
    this.#inputs = inputs;
    this.#saved = saved;
    this.#backward = backward;
    making(this);
  }

  backward(root: Tensor, upstream: Tensor | undefined): void {
    noGrad(() => {
      const gradients = new Gradients();
      gradients.slot(root).add(startOf(root, upstream));
      this.walk(gradients);
    });
  }

  /** Number of nodes so far: those made later have at least this order. */
  static get count(): number {
    return Node.#count;
  }

  /** Propagates gradients from this node to those that it was computed from, except nodes whose order is below `since`. */
  walk(gradients: Gradients, since = 0): void {
    for (const node of this.#descending(since)) {
      if (activeRecording()?.made(node) === false) {
        throw new ValueError(
          `backward: expected a graph made within the captured step, got ${node.name} from outside of it; ` +
            "capture the forward pass or detach() it",
        );
      }
      const given = gradients.take(node);
      if (given) {
        const dy = inPrecision(given, node.#dtype);
        node.#apply(dy, gradients);
        dy.dispose();
      }
      node.#free();
    }
  }

  #apply(dy: Tensor, gradients: Gradients): void {
    const slots = Object.entries(this.#inputs).flatMap(([name, input]) =>
      input?.requiresGrad ? [[name, gradients.slot(input)] as const] : [],
    );
    const saved = this.#usableSaved();
    inPlace({ phase: "backward", frame: this.#frame }, () =>
      this.#backward(dy, saved, Object.fromEntries(slots), gradients),
    );
  }

  #usableSaved(): SavedTensors {
    if (!this.#saved) {
      throw new ValueError(
        `backward: ${this.name} was walked before and freed what it saved; run the forward pass again`,
      );
    }
    if (Object.values(this.#saved).some((saved) => saved.disposed)) {
      throw new DisposedError(
        `backward: what ${this.name} saved was freed with its scope(); call backward() inside it`,
      );
    }
    return this.#saved;
  }

  #free(): void {
    for (const saved of Object.values(this.#saved ?? {})) saved.dispose();
    this.#saved = undefined;
    this.#inputs = {};
  }

  /** This node and all nodes that lead to it, latest first: every user of a result before the node that made it. */
  #descending(since: number): Node[] {
    const seen = new Set<Node>(this.#order >= since ? [this] : []);
    for (const user of seen) {
      for (const input of Object.values(user.#inputs)) {
        const node = input?.node;
        if (node instanceof Node && node.#order >= since) seen.add(node);
      }
    }
    return [...seen].sort((a, b) => b.#order - a.#order);
  }
}

function startOf(root: Tensor, upstream: Tensor | undefined): Tensor {
  if (upstream) {
    if (sameShape(root.shape, upstream.shape)) return upstream.detach();
    throw new ShapeError(
      `backward: expected an upstream gradient of ${show(root.shape)}, got ${show(upstream.shape)}; ` +
        "pass one of the result's shape",
    );
  }
  if (root.size === 1) {
    const one = tensor(new Float32Array([1]), { shape: root.shape, engine: root.engine });
    ones.add(one);
    return one;
  }
  throw new ShapeError(
    `backward: expected a scalar, got ${show(root.shape, root.name)}; reduce it with mean() or sum(), or pass the upstream gradient`,
  );
}

/** The gradients of 1 that backward() starts from. */
const ones = new WeakSet<Tensor>();

/** Another handle to a gradient, for a slot that will own it. */
export function handOn(dy: Tensor): Tensor {
  const handle = dy.detach();
  if (ones.has(dy)) ones.add(handle);
  return handle;
}

/** True for the gradient of 1 with which backward() of a scalar starts: a multiplication by it can be skipped. */
export function isOne(dy: Tensor): boolean {
  return ones.has(dy);
}

/**
 * Notes how `output` was computed, if any input wants a gradient, outside `noGrad`. `saved` names the tensors that the
 * backward reads; they are kept alive until it has run. Returns `output`.
 */
export function differentiable<
  Inputs extends Readonly<Record<string, Tensor | undefined>>,
  S extends SavedTensors,
>(
  name: string,
  inputs: Inputs,
  output: Tensor,
  saved: S,
  backward: Backward<NoInfer<Inputs>, NoInfer<S>>,
): Tensor {
  output.name = name;
  const wanted = Object.values(inputs).some((input) => input?.requiresGrad);
  if (!gradEnabled() || !wanted) return output;
  const kept = Object.fromEntries(
    Object.entries(saved).map(([key, value]) => [key, value.detach()]),
  );
  const node = new Node(
    output,
    inputs,
    kept,
    backward as Backward<Record<string, unknown>, SavedTensors>,
  );
  output.requiresGrad = true;
  output.node = node;
  return output;
}
