import { boolean, callback, optional } from "../../core/kinds.ts";
import { checkArguments, checked, type Signature, signature } from "../../core/signature.ts";
import { currentPlace, inFrame } from "../../scheduler/observe/place.ts";
import { followed, taken } from "../../scheduler/step/recording.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { declare } from "../../tensor/roles.ts";
import { keep, spare } from "../../tensor/scope.ts";
import { clearGrad, type Tensor } from "../../tensor/tensor.ts";
import { Counter } from "./counter.ts";
import type { LoadOptions, LoadReport } from "./load_plan.ts";
import { located } from "./located.ts";
import { isParameter, type Members, membersOf, replaceIn } from "./members.ts";
import { once, pathsOf } from "./paths.ts";
import { type LoadableState, loadState, readState, type StateDict } from "./state.ts";
import { followStructure } from "./structure.ts";

/**
 * A tensor that training updates: a leaf that requires a gradient and belongs to no scope. It stays a parameter when it is
 * frozen by `requiresGrad = false`; optimisers then leave it as it is.
 */
export const parameter = /* @__PURE__ */ checked(
  "parameter",
  { value: tensorKind },
  (value: Tensor): Tensor => {
    value.requiresGrad = true;
    return keep(declare(value, "parameter"));
  },
);

/** A tensor that belongs to a module but is not trained, for example a running mean. */
export const buffer = /* @__PURE__ */ checked(
  "buffer",
  { value: tensorKind },
  (value: Tensor): Tensor => keep(declare(value, "buffer")),
);

/** Any module, whatever its forward takes and gives. */
export type AnyModule = Module<unknown[], unknown>;

/**
 * Called after a module's forward with its first argument and its result; what it returns, if anything, takes the result's
 * place.
 */
export type ForwardHook<X = Tensor, Y = Tensor> = (module: AnyModule, x: X, y: Y) => Y | undefined;

/** A registered hook; a method, so that a `Module` of any types is an `AnyModule`. */
interface Hooked<X, Y> {
  hook(...args: Parameters<ForwardHook<X, Y>>): Y | undefined;
}

/**
 * Base of every layer and model. Tensors and modules assigned to fields are found by themselves, also in arrays, plain
 * objects and Maps; a field's name in snake_case is its name in the state dict, so PyTorch's names come out. What
 * `parameter()` made is a parameter and what `buffer()` made is a buffer; any other leaf is a parameter once it requires a
 * gradient, and a buffer before.
 *
 * **Private fields (`#weight`) cannot be seen**: what they hold is computed with, but neither trained nor saved nor switched
 * to evaluation. Declare such a field `private`, or also put what it holds into a field that can be seen.
 *
 * `forward` takes one tensor and gives one. For more say so: `class Attention extends nn.Module<[q: Tensor, k: Tensor,
 * options?: { causal: boolean }], { y: Tensor; weights: Tensor }>`.
 */
export abstract class Module<Args extends readonly unknown[] = [x: Tensor], Result = Tensor> {
  /** What the constructor takes; classes with arguments have one of their own. */
  static readonly signature: Signature = /* @__PURE__ */ signature("Module", {});

  #training = true;
  #frozen = false;
  readonly #hooks = new Set<Hooked<Args[0], Result>>();
  /** The forward that callers get; undefined for a moment in the constructor. */
  #entrance: unknown;

  constructor() {
    checkArguments(Module.signature, arguments);
    this.#enter();
  }

  /** What `train()` and `eval()` set, within a captured step too; false while the module is frozen, whatever they set. */
  get training(): boolean {
    const training = this.#training && !this.#frozen;
    return followed<{ training: boolean }, boolean>(this, "training", training) && !this.frozen;
  }

  set training(training: boolean) {
    if (!taken(this, "training", training)) this.#training = training;
  }

  /** Whether the module stays in evaluation mode whatever `train()` says; see `freeze`, which sets it. */
  get frozen(): boolean {
    return followed<{ frozen: boolean }, boolean>(this, "frozen", this.#frozen);
  }

  set frozen(frozen: boolean) {
    if (!taken(this, "frozen", frozen)) this.#frozen = frozen;
  }

  /** What the layer makes of its arguments: `model.forward(x)`. Throws `ShapeError` for shapes that its class does not take. */
  abstract forward(...args: Args): Result;

  /** Calls `hook` after every forward of this module, in the order of registration. Returns what ends that. */
  registerForwardHook(hook: ForwardHook<Args[0], Result>): () => void {
    checkArguments(hooked, arguments);
    if (this.forward !== this.#entrance) this.#enter(); // a field of the class has taken its place
    const entry = { hook };
    this.#hooks.add(entry);
    return () => void this.#hooks.delete(entry);
  }

  /** Whether a forward hook waits for this module's result. */
  get watched(): boolean {
    return this.#hooks.size > 0;
  }

  /** Puts before the class's own forward one that says which layer is running, in errors too, and calls the hooks. */
  #enter(): void {
    const plain = this.forward;
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

  /** Direct children by name; one that has two names twice. */
  namedChildren(): [name: string, child: AnyModule][] {
    return this.#members().children;
  }

  /** Puts `next` in the place of `old`; says whether that was a child. Classes do it for their private fields themselves. */
  replaceChild(old: AnyModule, next: AnyModule): boolean {
    return replaceIn(this, old, next);
  }

  /** This module and everything below it, by path, each once; its own path is "". */
  namedModules(prefix = ""): [name: string, module: AnyModule][] {
    return once(pathsOf(anyModule(this), prefix));
  }

  /**
   * What the state dict holds, in PyTorch's order: of every module its parameters, its buffers and counters, then its
   * children. A tensor with several names is there under each.
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

  /** Whole numbers of the state dict that no kernel reads, by name. */
  namedCounters(): [name: string, counter: Counter][] {
    return once(this.namedState()).filter(
      (entry): entry is [string, Counter] => entry[1] instanceof Counter,
    );
  }

  /** Parameters by name, frozen ones too; one with several names once, by its first. */
  namedParameters(): [name: string, parameter: Tensor][] {
    return this.namedTensors().filter(([, value]) => isParameter(value));
  }

  /** All parameters, its own and those of the modules below it, each once. */
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

  /** Training mode: batch statistics, dropout. Returns the module. */
  train(training = true): this {
    checkArguments(trained, arguments);
    for (const [, module] of this.namedModules()) module.training = training;
    return this;
  }

  /** Evaluation mode: running statistics, no dropout. Returns the module. */
  eval(): this {
    return this.train(false);
  }

  /** Forgets every parameter's gradient. */
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

  /** Replaces parameters and buffers, once all was checked; gives what was not loaded. Throws `ValueError`, `ShapeError`. */
  loadStateDict(state: LoadableState, options: LoadOptions = {}): LoadReport {
    return loadState(this.namedState(), state, options);
  }

  /** Frees every parameter, buffer and gradient. */
  dispose(): void {
    for (const [, value] of this.namedTensors()) {
      clearGrad(value);
      value.gradTarget?.dispose();
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

/** The compiler cannot see that any `Args` will do. */
const anyModule = (module: object): AnyModule => module as AnyModule;
