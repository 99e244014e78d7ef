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

/** What a tensor is made of; users call `tensor()`, `zeros()` and the operations instead. */
export interface TensorInit {
  readonly engine: Engine;
  readonly storage: Storage;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly name?: string | undefined;
  /** Smallest and largest element, where the host knows them (labels and indices it uploaded). */
  readonly bounds?: readonly [min: number, max: number] | undefined;
}

/** What `backward` takes. */
const upstreamOnly = /* @__PURE__ */ signature("backward", { upstream: optional(tensorKind) });

/**
 * A contiguous, row-major array on the GPU, made by `tensor()` and by operations, not by `new`. Operations are queued, not run; only reading waits. A tensor owns a share of
 * its bytes: free it with `dispose()`, `using`, or by making it inside `scope()`.
 */
export class Tensor {
  // first what a console should show first
  /** What messages call it; may be changed. Default "tensor". */
  name: string;
  /** Sizes of the axes, outermost first; [] for a scalar. */
  readonly shape: Shape;
  /** Type of the elements: "f32", "f16", "i32" or "u32". */
  readonly dtype: DType;
  /** The engine whose device holds it. */
  readonly engine: Engine;
  /** The bytes on the GPU; views share those of the tensor they are made of. */
  readonly storage: Storage;
  /** Smallest and largest element, where the host knows them. */
  readonly bounds: readonly [min: number, max: number] | undefined;
  /** Where the gradient goes if the leaf lives in an arena; `grad` is this tensor once it holds one. */
  gradTarget: Tensor | undefined;
  /** How it was made, while autograd may need to know. */
  node: GradNode | undefined;
  /** What it was declared to be to the module it belongs to. */
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

  /** True for a leaf whose gradient is wanted, and for what is computed from one. */
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

  /** Whether it was freed: no operation takes it any more. */
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
        "return it from scope(), or dispose of it later",
    );
  }

  /** The elements, row-major. Submits what is queued and waits for it. */
  async read(): Promise<TypedArray> {
    this.checkUsable("read");
    const all = typedArray(this.dtype, await this.engine.read(this.storage));
    return all.length === this.size ? all : all.subarray(0, this.size); // two f16 fill a word
  }

  /** The only element of a scalar or a one-element tensor. */
  async item(): Promise<number> {
    this.checkUsable("item");
    if (this.size !== 1) {
      throw new ShapeError(
        `item: expected one element, got ${show(this.shape, this.name)}; use read() for more`,
      );
    }
    return (await this.read())[0] as number;
  }

  /**
   * Accumulates d(this)/d(leaf) into every leaf's `grad`. `upstream`, of this shape, defaults to 1 for a scalar. Throws
   * `ValueError` if nothing that led here requires a gradient.
   */
  backward(upstream?: Tensor): void {
    callAs("backward", () => {
      checkArguments(upstreamOnly, [upstream]);
      this.checkUsable("backward");
      if (!this.node) {
        throw new ValueError(
          `backward: expected a result computed from a tensor that requires a gradient, got ${show(this.shape, this.name)}; ` +
            "set requiresGrad on a leaf, and compute outside noGrad()",
        );
      }
      this.node.backward(this, upstream);
    });
  }

  /** Another handle to the same bytes, without a history. */
  detach(): Tensor {
    this.checkUsable("detach");
    const { engine, storage, shape, dtype, name, bounds } = this;
    return new Tensor({ engine, storage, shape, dtype, name, bounds });
  }

  /** Gives its share of the bytes back. Calling it again does nothing. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    leaks.forget(this);
    this.storage.release();
  }

  /** `using y = …` ends here: `dispose()`. */
  [dispose](): void {
    this.dispose();
  }
  /** `weight[8, 4] f32`; its first values: `await print(t)`. */
  toString(): string {
    return `${show(this.shape, this.name)} ${this.dtype}${this.#disposed ? " (disposed)" : ""}`;
  }

  get [Symbol.toStringTag](): string {
    return "Tensor";
  }

  /** What Node's console shows. */
  [/* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom")](): string {
    return `Tensor ${this}`;
  }
}

/** Gradients from call to call: there or not, in the arena or somewhere else. */
const gradients: FieldKind<Tensor, Tensor | null> = {
  key: (gradient, leaf) => gradientKey(gradient, leaf.gradTarget),
  standIn: (gradient, leaf) =>
    gradient && gradient !== leaf.gradTarget ? roomLike(gradient) : gradient,
};

/** What a captured step depends on: no gradient, the one in the arena, or another one of this kind. */
export function gradientKey(gradient: Tensor | null, target?: Tensor): string | null {
  if (!gradient) return null;
  return gradient === target ? "arena" : `${gradient.dtype}[${gradient.shape}]`;
}

/** A tensor like this one that belongs to no scope and has no content yet. */
export function roomLike({
  engine,
  shape,
  dtype,
  name,
  bounds,
}: Omit<TensorInit, "storage">): Tensor {
  const storage = engine.allocate("capture", shape, { dtype });
  return keep(new Tensor({ engine, storage, shape, dtype, name, bounds }));
}

/** Forgets a leaf's gradient; its place in the arena stays. */
export function clearGrad(leaf: Tensor): void {
  if (cleared(leaf, "grad")) return;
  if (leaf.grad && leaf.grad !== leaf.gradTarget) leaf.grad.dispose();
  leaf.grad = null;
}
