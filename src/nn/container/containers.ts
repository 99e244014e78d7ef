import { ValueError } from "../../core/errors.ts";
import { optional, rest } from "../../core/kinds.ts";
import { checkArguments, signature } from "../../core/signature.ts";
import { composed } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { moduleKind, moduleList, modulesByName } from "../kinds.ts";
import { replaceIn } from "../module/members.ts";
import { type AnyModule, Module } from "../module/module.ts";

/**
 * Modules that run one after the other, each on the result of the previous one; in the state dict they are named 0, 1, 2 …
 * Intermediate results are freed when forward returns, also outside `scope()`. A layer that stores such a tensor must call
 * `keep()` on it; tensors that a forward hook has seen are not freed, and the code that registered the hook disposes of
 * them.
 *
 * @example
 * ```ts
 * import { ones } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const model = new nn.Sequential(new nn.Linear(2, 8), new nn.ReLU(), new nn.Linear(8, 1));
 * console.log(model.forward(ones([4, 2])).shape, model.parameters().length); // [4, 1] 4
 * ```
 */
export class Sequential extends Module {
  static override readonly signature = /* @__PURE__ */ signature("Sequential", {
    modules: /* @__PURE__ */ rest(moduleKind),
  });
  readonly #modules: Module[];

  constructor(...modules: readonly Module[]) {
    super();
    checkArguments(Sequential.signature, modules);
    this.#modules = [...modules];
  }

  /** Number of modules. */
  get length(): number {
    return this.#modules.length;
  }

  /** The modules, in their order. */
  [Symbol.iterator](): Iterator<Module> {
    return this.#modules[Symbol.iterator]();
  }

  override namedChildren(): [name: string, child: AnyModule][] {
    return this.#modules.map((module, i) => [String(i), module]);
  }

  override replaceChild(old: AnyModule, next: AnyModule): boolean {
    return replaceIn(this.#modules, old, next);
  }

  override forward(x: Tensor): Tensor {
    return composed((pass) => this.#modules.reduce((h, module) => pass(module.forward(h)), x));
  }
}

/**
 * Modules in a list, which the model calls itself, as torch.nn.ModuleList; in the state dict they are named 0, 1, 2 … An
 * array in a field is registered in the same way, under the same names.
 *
 * @example
 * ```ts
 * import { type Tensor, zeros } from "wgrad";
 * import * as nn from "wgrad/nn";
 * class Tower extends nn.Module {
 *   readonly layers = new nn.ModuleList([new nn.Linear(4, 8), new nn.Linear(8, 2)]);
 *   override forward(x: Tensor): Tensor {
 *     for (const layer of this.layers) x = layer.forward(x);
 *     return x;
 *   }
 * }
 * const model = new Tower();
 * console.log(model.forward(zeros([1, 4])).shape, model.parameters().length); // [1, 2] 4
 * ```
 */
export class ModuleList<M extends AnyModule = Module> extends Module<never, never> {
  static override readonly signature = /* @__PURE__ */ signature("ModuleList", {
    modules: /* @__PURE__ */ optional(moduleList),
  });
  readonly #modules: M[];

  constructor(modules: readonly M[] = []) {
    super();
    checkArguments(ModuleList.signature, arguments);
    this.#modules = [...modules];
  }

  /** Number of modules. */
  get length(): number {
    return this.#modules.length;
  }

  /** The module at an index, counted from the end if negative; undefined outside. */
  at(index: number): M | undefined {
    return this.#modules.at(index);
  }

  /** Adds a module at the end. Returns the list. */
  append(module: M): this {
    checkArguments(appended, arguments);
    this.#modules.push(module);
    return this;
  }

  /** The modules, in their order. */
  [Symbol.iterator](): Iterator<M> {
    return this.#modules[Symbol.iterator]();
  }

  override namedChildren(): [name: string, child: AnyModule][] {
    return this.#modules.map((module, i) => [String(i), module]);
  }

  override replaceChild(old: AnyModule, next: AnyModule): boolean {
    return replaceIn(this.#modules, old, next);
  }

  override forward(): never {
    return refuse("ModuleList");
  }
}

const appended = /* @__PURE__ */ signature("append", { module: moduleKind });

/** Modules by name, which the model calls itself, as torch.nn.ModuleDict. */
export class ModuleDict<M extends AnyModule = Module> extends Module<never, never> {
  static override readonly signature = /* @__PURE__ */ signature("ModuleDict", {
    modules: /* @__PURE__ */ optional(modulesByName),
  });
  readonly #modules: Map<string, M>;

  constructor(modules: Readonly<Record<string, M>> = {}) {
    super();
    checkArguments(ModuleDict.signature, arguments);
    this.#modules = new Map(Object.entries(modules));
  }

  /** Number of modules. */
  get size(): number {
    return this.#modules.size;
  }

  /** The module of this name; undefined if there is none. */
  get(name: string): M | undefined {
    return this.#modules.get(name);
  }

  /** Sets the module with this name. Returns the dict. */
  set(name: string, module: M): this {
    this.#modules.set(name, module);
    return this;
  }

  /** Names and modules, in their order. */
  [Symbol.iterator](): Iterator<[name: string, module: M]> {
    return this.#modules[Symbol.iterator]();
  }

  override namedChildren(): [name: string, child: AnyModule][] {
    return [...this.#modules];
  }

  override replaceChild(old: AnyModule, next: AnyModule): boolean {
    return replaceIn(this.#modules, old, next);
  }

  override forward(): never {
    return refuse("ModuleDict");
  }
}

function refuse(who: string): never {
  throw new ValueError(
    `${who}: expected a call of one of its modules, got a call of its own forward; use Sequential for one after the other`,
  );
}
