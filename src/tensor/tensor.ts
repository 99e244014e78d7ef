import { callAs } from "../core/caller.ts";
import { dispose } from "../core/dispose.ts";
import { DisposedError, ShapeError, ValueError } from "../core/errors.ts";
import { optional } from "../core/kinds.ts";
import { type DType, type Shape, show, size, type TypedArray, typedArray } from "../core/shape.ts";
import { checkArguments, signature } from "../core/signature.ts";
import type { Engine } from "../scheduler/engine.ts";
import { cleared, type FieldKind, followed, making, taken } from "../scheduler/step/recording.ts";
import type { Storage } from "../scheduler/storage.ts";
import { tensorKind } from "./kinds.ts";
import { leaks } from "./leaks.ts";
import { enterScope, keep } from "./scope.ts";

/** What autograd keeps about the operation that made a tensor. */
export interface GradNode {
  readonly name: string;
  backward(root: Tensor, upstream: Tensor | undefined): void;
}

/** The parts of a new tensor; users call `tensor()`, `zeros()` and the operations instead. */
export interface TensorInit {
  readonly engine: Engine;
  readonly storage: Storage;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly name?: string | undefined;
  /** Smallest and largest element, where the host knows them (labels and indices it uploaded). */
  readonly bounds?: readonly [min: number, max: number] | undefined;
}

/** Arguments of `backward`. */
const upstreamOnly = /* @__PURE__ */ signature("backward", { upstream: optional(tensorKind) });

/**
 * A contiguous, row-major array on the GPU, made by `tensor()` and by operations, not by `new`. Operations are queued, not
 * run at once; only reading a tensor waits for them. A tensor holds GPU memory: free it with `dispose()`, `using`, or by
 * making it inside `scope()`.
 */
export class Tensor {
  // consoles show fields in this order: the most useful ones first
  /** Name of the tensor in messages; may be changed. Default "tensor". */
  name: string;
  /** Sizes of the axes, outermost first; [] for a scalar. */
  readonly shape: Shape;
  /** Type of the elements: "f32", "f16", "i32" or "u32". */
  readonly dtype: DType;
  /** The engine whose device holds it. */
  readonly engine: Engine;
  /** Bytes of the tensor on the GPU; views share the storage of the tensor they are made from. */
  readonly storage: Storage;
  /** Smallest and largest element, where the host knows them. */
  readonly bounds: readonly [min: number, max: number] | undefined;
  /** The leaf's place for a gradient in its arena, if it lives in one; `grad` is this tensor once the gradient is computed. */
  gradTarget: Tensor | undefined;
  /** The operation that made it, while autograd may need it. */
  node: GradNode | undefined;
  /** Declared role of the tensor in the module that it belongs to. */
  role: "parameter" | "buffer" | undefined;
  #disposed = false;
  #requiresGrad = false;
  #grad: Tensor | null = null;

  constructor({ engine, storage, shape, dtype, name, bounds }: TensorInit) {
    this.engine = engine;
    this.storage = storage;
    this.shape = shape;
    this.dtype = dtype;
    this.bounds = bounds;
    this.name = name ?? "tensor";
    storage.retain();
    making(this);
    enterScope(this);
    leaks.watch(this);
  }

  /** True for a leaf whose gradient is wanted, and for results computed from such a leaf. */
  get requiresGrad(): boolean {
    return followed(this, "requiresGrad", this.#requiresGrad);
  }

  set requiresGrad(wanted: boolean) {
    if (!taken(this, "requiresGrad", wanted)) this.#requiresGrad = wanted;
  }

  /** Gradient of a leaf after `backward()`; null before. */
  get grad(): Tensor | null {
    return followed(this, "grad", this.#grad, gradients);
  }

  set grad(gradient: Tensor | null) {
    if (!taken(this, "grad", gradient)) this.#grad = gradient;
  }

  /** Number of elements. */
  get size(): number {
    return size(this.shape);
  }

  /** Whether the tensor was freed; operations then refuse it. */
  get disposed(): boolean {
    return followed(this, "disposed", this.#disposed);
  }

  /** Throws `DisposedError` if it was freed. */
  checkUsable(who: string): void {
    if (!this.disposed) {
      const { failure } = this.storage.root;
      if (failure) throw failure.of?.(this, who) ?? failure;
      return;
    }
    throw new DisposedError(
      `${who}: expected a live tensor, got the disposed ${show(this.shape, this.name)}; ` +
        "return it from scope() or dispose it later",
    );
  }

  /** Reads the elements, row-major. Submits what is queued and waits for it. */
  async read(): Promise<TypedArray> {
    this.checkUsable("read");
    const all = typedArray(this.dtype, await this.engine.read(this.storage));
    return all.subarray(0, this.size); // without the f16 that pads the last word
  }

  /** The only element of a scalar or a one-element tensor. */
  async item(): Promise<number> {
    this.checkUsable("item");
    if (this.size !== 1) {
      throw new ShapeError(`item: expected one element, got ${this}; use read()`);
    }
    return (await this.read())[0] as number;
  }

  /**
   * Accumulates d(this)/d(leaf) into every leaf's `grad`. `upstream`, of this shape, defaults to 1 for a scalar. Throws
   * `ValueError` if no tensor it was computed from requires a gradient.
   */
  backward(upstream?: Tensor): void {
    callAs("backward", () => {
      checkArguments(upstreamOnly, [upstream]);
      this.checkUsable("backward");
      if (!this.node) {
        throw new ValueError(
          `backward: expected a result that requires a gradient, got ${this}; set it on a leaf, compute outside noGrad()`,
        );
      }
      this.node.backward(this, upstream);
    });
  }

  /** Another handle to the same bytes, without a history. */
  detach(): Tensor {
    this.checkUsable("detach");
    return new Tensor(this);
  }

  /** Releases its share of the bytes, and an optimiser's buffer for its gradient. Calling it again does nothing. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    leaks.forget(this);
    this.gradTarget?.dispose();
    this.storage.release();
  }

  /** `using y = …` calls this at the end of its block: `dispose()`. */
  [dispose](): void {
    this.dispose();
  }
  /** Name, shape and dtype: `weight[8, 4] f32`. `await print(t)` shows the values. */
  toString(): string {
    return `${show(this.shape, this.name)} ${this.dtype}${this.#disposed ? " (disposed)" : ""}`;
  }

  /** Throws `ValueError`: `JSON.stringify` cannot wait, so read the elements first. */
  toJSON(): never {
    return refuse("JSON.stringify", this);
  }

  /** The text of `toString()` in `${x}`. Throws `ValueError` in `x + 1`, `x > 0`, `Math.max(x)`: write `add(x, 1)`. */
  [Symbol.toPrimitive](hint: string): string {
    return hint === "string" ? this.toString() : refuse("operator", this);
  }

  get [Symbol.toStringTag](): string {
    return "Tensor";
  }

  /** The text that Node's console shows. */
  [/* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom")](): string {
    return `Tensor ${this}`;
  }
}

/** What JavaScript's own operators and functions would compute with the object instead of the elements. */
function refuse(who: string, x: Tensor): never {
  throw new ValueError(
    `${who}: expected numbers, got ${x}; use add(), less() …, or [...(await read())]`,
  );
}

/** How captured steps compare gradients from call to call: whether there is one, and whether it lies in the arena. */
const gradients: FieldKind<Tensor, Tensor | null> = {
  key: (gradient, leaf) => gradientKey(gradient, leaf.gradTarget),
  standIn: (gradient, leaf) =>
    gradient && gradient !== leaf.gradTarget ? roomLike(gradient) : gradient,
};

/** State of a gradient that a captured step depends on: none, the one in the arena, or another one of this kind. */
export function gradientKey(gradient: Tensor | null, target?: Tensor): string | null {
  if (!gradient) return null;
  return gradient === target ? "arena" : `${gradient.dtype}[${gradient.shape}]`;
}

/** A new tensor of this one's shape and dtype that belongs to no scope and has no content yet. */
export function roomLike(like: Omit<TensorInit, "storage">): Tensor {
  const storage = like.engine.allocate("capture", like.shape, { dtype: like.dtype });
  return keep(new Tensor({ ...like, storage }));
}

/** Removes a leaf's gradient; its place in the arena stays. */
export function clearGrad(leaf: Tensor): void {
  if (cleared(leaf, "grad")) return;
  if (leaf.grad && leaf.grad !== leaf.gradTarget) leaf.grad.dispose();
  leaf.grad = null;
}
