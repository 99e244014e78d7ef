import { tensor } from "../tensor/create.ts";
import { keep, scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Arena, checkParameters } from "./arena.ts";

/** Parameters that share options; `lr` and the others may be changed between steps. */
export type ParameterGroup<Options> = Options & { parameters: readonly Tensor[] };

/** What an update kernel binds beside the optimiser's own moments. */
export interface ArenaInputs {
  readonly p: Tensor;
  readonly grads: Tensor;
  readonly block_group: Tensor;
  readonly groups: Tensor;
}

/** An optimiser's moments for one arena, by name. */
export type Moments<Name extends string> = Readonly<Record<Name, Tensor>>;

/** Parameters, or groups of them with options of their own. */
export type Parameters<Options> =
  | readonly Tensor[]
  | readonly (Partial<Options> & { readonly parameters: readonly Tensor[] })[];

/** An arena and what this optimiser keeps for it. */
interface Home<Name extends string> {
  readonly arena: Arena;
  /** Each laid out like the arena; they start as zeros. */
  readonly moments: Moments<Name>;
  /** Block tables by content: which parameters have a gradient rarely changes. */
  readonly tables: Map<string, Tensor>;
}

/**
 * Base of the first-order optimisers. All parameters are updated by one dispatch (one an arena, if they were given to
 * different optimisers first); parameters without a gradient are left alone. Options may differ by group, and change
 * between steps: `optimizer.groups[0].lr = 1e-4`.
 */
export abstract class Optimizer<Options extends { lr: number }, Name extends string = string> {
  readonly groups: ParameterGroup<Options>[];
  /** Steps taken; bias corrections count these. */
  steps = 0;
  readonly #homes: readonly Home<Name>[];
  readonly #groupOf: ReadonlyMap<Tensor, number>;

  /** `moments` names what is kept for every parameter. Throws `ValueError` for options or parameters that cannot be. */
  constructor(
    who: string,
    parameters: Parameters<Options>,
    options: Options,
    moments: (groups: readonly Options[]) => readonly Name[],
  ) {
    const given = isGroups(parameters) ? parameters : [{ parameters }];
    this.groups = given.map((group) => ({ ...options, ...group }) as ParameterGroup<Options>);
    const all = this.groups.flatMap((group) => group.parameters);
    checkParameters(who, all);
    for (const group of this.groups) this.pack(group, 1);
    this.#groupOf = new Map(
      this.groups.flatMap((group, i) => group.parameters.map((p) => [p, i] as const)),
    );
    const names = moments(this.groups);
    this.#homes = Arena.of(all).map((arena) => ({
      arena,
      moments: Object.fromEntries(
        names.map((name) => [name, moment(arena, name)]),
      ) as Moments<Name>,
      tables: new Map(),
    }));
  }

  /** Learning rate of the first group; setting it sets every group's. */
  get lr(): number {
    return this.groups[0]?.lr ?? 0;
  }

  set lr(lr: number) {
    for (const group of this.groups) group.lr = lr;
  }

  /** Updates every parameter that has a gradient: one dispatch. */
  step(): void {
    const packed = this.groups.map((group) => this.pack(group, this.steps + 1));
    const shape = [packed.length, packed[0]?.length ?? 0];
    scope(() => {
      for (const { arena, moments, tables } of this.#homes) {
        const data = Float32Array.from(packed.flat());
        const inputs = {
          p: arena.values(),
          grads: arena.grads(),
          block_group: this.#table(arena, tables),
          groups: tensor(data, { shape, engine: arena.engine, name: "groups" }),
        };
        this.update(inputs, moments);
      }
    });
    this.steps++;
  }

  /** Forgets the gradients; the next backward pass writes them anew. */
  zeroGrad(): void {
    for (const p of this.#groupOf.keys()) {
      if (p.grad && p.grad !== p.gradTarget) p.grad.dispose();
      p.grad = null;
    }
  }

  /** Frees the moments. Parameters stay. */
  dispose(): void {
    for (const { moments, tables } of this.#homes) {
      const held: Iterable<Tensor> = Object.values(moments);
      for (const owned of [...held, ...tables.values()]) owned.dispose();
      tables.clear();
    }
  }

  /** A group's scalars for step t (from 1), as its kernel reads them. */
  protected abstract pack(options: Options, t: number): readonly number[];

  /** Queues the one dispatch. */
  protected abstract update(inputs: ArenaInputs, moments: Moments<Name>): void;

  #table(arena: Arena, tables: Map<string, Tensor>): Tensor {
    const groups = arena.segmentGroups((parameter) => this.#groupOf.get(parameter));
    const key = groups.join();
    const known = tables.get(key);
    if (known) return known;
    const made = keep(
      tensor(arena.blockGroups(groups), { engine: arena.engine, name: "block_group" }),
    );
    tables.set(key, made);
    return made;
  }
}

function isGroups<G extends { parameters: readonly Tensor[] }>(
  list: readonly Tensor[] | readonly G[],
): list is readonly G[] {
  return list[0] !== undefined && "parameters" in list[0];
}

function moment(arena: Arena, name: string): Tensor {
  return keep(tensor(new Float32Array(arena.length), { engine: arena.engine, name }));
}
