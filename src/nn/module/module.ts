import { boolean, callback, optional } from "../../core/kinds.ts";
import { type CallSignature, checkArguments, signature } from "../../core/signature.ts";
import { currentPlace, inFrame } from "../../scheduler/observe/place.ts";
import { followed, taken } from "../../scheduler/step/recording.ts";
import { spare } from "../../tensor/scope.ts";
import { clearGrad, type Tensor } from "../../tensor/tensor.ts";
import { Counter } from "./counter.ts";
import type { LoadOptions, LoadReport } from "./load_plan.ts";
import { located, withoutForward } from "./located.ts";
import { isParameter, type Members, membersOf, replaceIn } from "./members.ts";
import { once, pathsOf } from "./paths.ts";
import { type LoadableState, loadState, readState, type StateDict } from "./state.ts";
import { followStructure } from "./structure.ts";

/** A module with a forward of any arguments and result. */
export type AnyModule = Module<unknown[], unknown>;

/** Called after a module's forward with its first argument and its result; a returned value replaces the result. */
export type ForwardHook<X = Tensor, Y = Tensor> = (module: AnyModule, x: X, y: Y) => Y | undefined;

/** Has the hook as a method, so that a `Module` of any types is an `AnyModule`. */
interface Hooked<X, Y> {
  hook(...args: Parameters<ForwardHook<X, Y>>): Y | undefined;
}

/**
 * Base of every layer and model. Tensors and modules assigned to fields are registered automatically, also in arrays, plain
 * objects and Maps; a field's name in snake_case is its name in the state dict, as in PyTorch. Tensors made by
 * `parameter()` are parameters, those made by `buffer()` are buffers; any other leaf is a parameter once it requires a
 * gradient, and a buffer before.
 *
 * **Private fields (`#weight`) cannot be seen**: their tensors and modules are used in computations, but are not trained,
 * saved or switched to evaluation mode. Declare such a field `private`, or store its value in a visible field as well.
 *
 * By default `forward` takes one tensor and returns one. Other signatures are type arguments: `class Attention extends
 * nn.Module<[q: Tensor, k: Tensor, options?: { causal: boolean }], { y: Tensor; weights: Tensor }>`.
 *
 * @example
 * ```ts
 * import { relu, type Tensor, zeros } from "wgrad";
 * import * as nn from "wgrad/nn";
 * class Net extends nn.Module {
 *   readonly hidden = new nn.Linear(4, 8);
 *   readonly output = new nn.Linear(8, 3);
 *   forward(x: Tensor): Tensor {
 *     return this.output.forward(relu(this.hidden.forward(x)));
 *   }
 * }
 * const model = new Net();
 * console.log(model.forward(zeros([2, 4])).shape, model.parameterCount()); // [2, 3] 67
 * console.log(Object.keys(await model.stateDict()));
 * // [hidden.weight, hidden.bias, output.weight, output.bias]
 * ```
 */
export abstract class Module<Args extends readonly unknown[] = [x: Tensor], Result = Tensor> {
  /** Kinds of the constructor's arguments; classes with arguments override it. */
  static readonly signature: CallSignature = /* @__PURE__ */ signature("Module", {});

  #training = true;
  #frozen = false;
  readonly #hooks = new Set<Hooked<Args[0], Result>>();
  /** The wrapped forward that callers get; undefined only within the constructor. */
  #entrance: unknown;

  constructor() {
    checkArguments(Module.signature, arguments);
    this.#enter();
  }

  /** The mode set by `train()` and `eval()`, also within a captured step; always false while the module is frozen. */
  get training(): boolean {
    const training = this.#training && !this.#frozen;
    return followed<{ training: boolean }, boolean>(this, "training", training) && !this.frozen;
  }

  set training(training: boolean) {
    if (!taken(this, "training", training)) this.#training = training;
  }

  /** Whether the module stays in evaluation mode in spite of `train()`; set by `freeze`. */
  get frozen(): boolean {
    return followed<{ frozen: boolean }, boolean>(this, "frozen", this.#frozen);
  }

  set frozen(frozen: boolean) {
    if (!taken(this, "frozen", frozen)) this.#frozen = frozen;
  }

  /** Computes the layer's result: `model.forward(x)`. Throws `ShapeError` for shapes that the class does not take. */
  abstract forward(...args: Args): Result;

  /** Calls `hook` after every forward of this module, in order of registration. Returns a function that removes it. */
  registerForwardHook(hook: ForwardHook<Args[0], Result>): () => void {
    checkArguments(hooked, arguments);
    if (this.forward !== this.#entrance) this.#enter(); // a field of the class has replaced it
    const entry = { hook };
    this.#hooks.add(entry);
    return () => void this.#hooks.delete(entry);
  }

  /** Whether a forward hook is registered on this module. */
  get watched(): boolean {
    return this.#hooks.size > 0;
  }

  /** Wraps the class's forward: it records which layer is running, also for errors, and calls the hooks. */
  #enter(): void {
    const plain = this.forward ?? withoutForward;
    const work = (args: Args): Result => {
      try {
        let y: Result = Reflect.apply(plain, this, args);
        for (const { hook } of [...this.#hooks])
          y = hook(anyModule(this), args[0], spare(y, args[0])) ?? y;
        return y;
      } catch (error) {
        throw located(error, currentPlace().frame);
      }
    };
    const value = (...args: Args): Result => {
      followStructure();
      return inFrame(this, () => work(args));
    };
    Object.defineProperty(this, "forward", { value, configurable: true, writable: true });
    this.#entrance = value;
  }

  /** Direct children by name; a child with two names appears twice. */
  namedChildren(): [name: string, child: AnyModule][] {
    return this.#members().children;
  }

  /** Replaces the child `old` by `next`; returns whether it was a child. Classes with private fields override it. */
  replaceChild(old: AnyModule, next: AnyModule): boolean {
    return replaceIn(this, old, next);
  }

  /** This module and all modules below it, by path, each once; the path of this module is "". */
  namedModules(prefix = ""): [name: string, module: AnyModule][] {
    return once(pathsOf(anyModule(this), prefix));
  }

  /**
   * Entries of the state dict, in PyTorch's order: each module's parameters, then its buffers and counters, then its
   * children. A tensor with several names appears under each.
   */
  namedState(): [name: string, value: Tensor | Counter][] {
    return pathsOf(anyModule(this), "").flatMap(([path, module]) =>
      module
        .#members()
        .state.map(([name, value]): [string, Tensor | Counter] => [
          path ? `${path}.${name}` : name,
          value,
        ]),
    );
  }

  /** Parameters and buffers by their names in the state dict, each once. */
  namedTensors(): [name: string, value: Tensor][] {
    return once(this.namedState()).filter(
      (entry): entry is [string, Tensor] => !(entry[1] instanceof Counter),
    );
  }

  /** Counters in the state dict, which no kernel reads, by name. */
  namedCounters(): [name: string, counter: Counter][] {
    return once(this.namedState()).filter(
      (entry): entry is [string, Counter] => entry[1] instanceof Counter,
    );
  }

  /** Parameters by name, frozen ones included; a parameter with several names appears once, under the first. */
  namedParameters(): [name: string, parameter: Tensor][] {
    return this.namedTensors().filter(([, value]) => isParameter(value));
  }

  /** All parameters, of this module and the modules below it, each once. */
  parameters(): Tensor[] {
    return this.namedParameters().map(([, value]) => value);
  }

  /** All buffers by their names in the state dict, such as running means. */
  namedBuffers(): [name: string, buffer: Tensor][] {
    return this.namedTensors().filter(([, value]) => !isParameter(value));
  }

  /** Number of scalars in all parameters. */
  parameterCount(): number {
    return this.parameters().reduce((sum, p) => sum + p.size, 0);
  }

  /** Switches to training mode: batch statistics, dropout. Returns the module. */
  train(training = true): this {
    checkArguments(trained, arguments);
    for (const [, module] of this.namedModules()) module.training = training;
    return this;
  }

  /** Switches to evaluation mode: running statistics, no dropout. Returns the module. */
  eval(): this {
    return this.train(false);
  }

  /** Removes every parameter's gradient. */
  zeroGrad(): void {
    for (const p of this.parameters()) clearGrad(p);
  }

  /** Reads every parameter, buffer and counter. */
  stateDict(): Promise<StateDict> {
    return readState(
      this.namedState(),
      (value) => value.read(),
      ({ value }) => value,
    );
  }

  /**
   * Replaces parameters and buffers after checking everything; returns what was not loaded. Throws `ValueError`,
   * `ShapeError`.
   */
  loadStateDict(state: LoadableState, options: LoadOptions = {}): LoadReport {
    return loadState(this.namedState(), state, options);
  }

  /** Frees every parameter, buffer and gradient. */
  dispose(): void {
    for (const [, value] of this.namedTensors()) {
      clearGrad(value);
      value.dispose();
    }
  }

  #members(): Members<AnyModule> {
    return membersOf(this, (value): value is AnyModule => value instanceof Module);
  }
}

const trained = /* @__PURE__ */ signature("train", {
  training: /* @__PURE__ */ optional(boolean),
});
const hooked = /* @__PURE__ */ signature("registerForwardHook", { hook: callback });

/** A cast: the compiler cannot verify that a module of any `Args` is an `AnyModule`. */
const anyModule = (module: object): AnyModule => module as AnyModule;
