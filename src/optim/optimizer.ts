import { Arena, checkParameters, isTrained } from "../autograd/arena.ts";
import { callAs } from "../core/caller.ts";
import { optional } from "../core/kinds.ts";
import { checkArguments, signature } from "../core/signature.ts";
import { inPlace } from "../scheduler/observe/place.ts";
import { follow, moving, takeUndos } from "../scheduler/step/recording.ts";
import { packRows, rowOf } from "../shader/pack.ts";
import { hostTensor } from "../tensor/create.ts";
import { run } from "../tensor/run.ts";
import { scope } from "../tensor/scope.ts";
import { clearGrad, type Tensor } from "../tensor/tensor.ts";
import { ArenaState } from "./arena_state.ts";
import type { Clip } from "./grad_norm.ts";
import {
  type ArenaInputs,
  isGroups,
  type Moments,
  type ParameterGroup,
  type Parameters,
} from "./groups.ts";
import { clipKind } from "./kinds.ts";
import { checkSameRows, type ProgressRows, retreat, rowsOf, type StepsTaken } from "./progress.ts";
import type { Rule } from "./rule.ts";
import { checkMoments, checkState, type GroupState, type OptimizerState } from "./state.ts";

/**
 * Base of the first-order optimisers. One dispatch updates all parameters (one per arena, if they were first given to
 * different optimisers). Parameters without a gradient are skipped, and so are frozen ones, whose `requiresGrad` is false
 * when `step()` runs; set it to true to train them again. Options may differ between groups and change between steps:
 * `optimizer.groups[0].lr = 1e-4`.
 */
export abstract class Optimizer<Options extends { lr: number }, Name extends string = string> {
  /** Parameters with their options, which may be changed between steps. */
  readonly groups: ParameterGroup<Options>[];
  /** Number of calls of `step()`. */
  steps = 0;
  readonly #who: string;
  readonly #states: readonly ArenaState[];
  readonly #rule: Rule<Options, Name>;
  /** In the order in which the parameters were given to the constructor. */
  readonly #progress = new Map<Tensor, StepsTaken>();

  /** Throws `ValueError` for invalid options or parameters. */
  constructor(
    who: string,
    rule: Rule<Options, Name>,
    parameters: Parameters<Options>,
    options: Options,
  ) {
    this.#who = who;
    this.#rule = rule;
    const given = isGroups(parameters) ? parameters : [{ parameters }];
    this.groups = given.map((group) => ({ ...options, ...group }) as ParameterGroup<Options>);
    const all = this.groups.flatMap((group) => group.parameters);
    checkParameters(who, all);
    const { start: memory = {} } = rule;
    callAs(who, () => {
      for (const [i, group] of this.groups.entries()) {
        rule.row(group, 1, memory);
        for (const p of group.parameters) this.#progress.set(p, { group: i, steps: 0, memory });
      }
    });
    this.#states = Arena.of(all).map((arena) => new ArenaState(arena));
    for (const state of this.#states) this.#moments(state);
  }

  /** Learning rate of the first group; setting it sets every group's. */
  get lr(): number {
    return this.groups[0]?.lr ?? 0;
  }

  set lr(lr: number) {
    for (const group of this.groups) group.lr = lr;
  }

  /**
   * Updates every parameter that has a gradient: one dispatch. With a `clip`, from `clippedStep` or `GradScaler`, the
   * update multiplies the gradients by the factor that the clip computes, and returns their norm. Throws `ValueError` for
   * invalid options.
   */
  step(): void;
  step(clip: Clip): Tensor;
  step(clip?: Clip): Tensor | undefined {
    checkArguments(stepped, arguments);
    const all = [...this.#progress.keys()];
    const updated = all.filter(isTrained);
    if (all.every(({ disposed }) => disposed)) all[0]?.checkUsable(this.#who);
    let rows = this.#rows(updated);
    let [next, at] = [rows, this.steps];
    const move = () => {
      const now = this.steps === at ? next : this.#rows(updated);
      if (now !== next) checkSameRows(this.#who, rows, now); // not the recording's own step: a replay
      rows = now;
      return this.#advance(rows);
    };
    const queue = () => {
      const used = updated.length === 0 ? [] : this.#states;
      const inputs = used.map((state) => this.#inputs(state, rows.rowOf, () => rows.rows));
      const clipped = clip?.measure(inputs);
      used.forEach((state, i) => {
        const common = { ...(inputs[i] as ArenaInputs), clip: clipped?.coefficient };
        const moments = this.#moments(state);
        if (i === 0) moving(move);
        run(this.#rule.kernel, { ...common, ...moments }, undefined);
      });
      if (used.length === 0) moving(move);
      takeUndos();
      return clipped?.norm;
    };
    const norm = inPlace({ phase: "optimizer" }, () => scope(queue));
    follow(() => {
      [next, at] = [this.#rows(updated), this.steps];
      const moments = this.groups.map((group) => Object.keys(this.#rule.initial(group)));
      return `${moments.join(";")};${[...next.rowOf.values()]}`;
    });
    return norm;
  }

  /** Advances the progress of the parameters. Returns an undo function. */
  #advance(rows: ProgressRows): () => void {
    for (const [p, progress] of rows.next) this.#progress.set(p, progress);
    this.steps++;
    return () => {
      retreat(this.#progress, rows);
      this.steps--;
    };
  }

  /** Removes the gradients; the next backward pass writes new ones. */
  zeroGrad(): void {
    for (const p of this.#progress.keys()) clearGrad(p);
  }

  /** A copy of steps, options and moments: another optimiser that loads it continues bit for bit. */
  async stateDict(): Promise<OptimizerState> {
    const { steps } = this;
    const groups = this.#groupStates();
    const moments = new Map<Tensor, Record<string, Float32Array>>();
    const parameters = [...this.#progress].map(([p, { steps, memory }]) => {
      const own = {};
      moments.set(p, own);
      return { shape: [...p.shape], steps, memory: { ...memory }, moments: own };
    });
    const read = async (state: ArenaState, name: Name) => {
      for (const [p, part] of await state.read(name)) {
        const own = moments.get(p);
        if (own) own[name] = part;
      }
    };
    const names = this.#names(this.groups);
    for (const state of this.#states) this.#moments(state);
    await Promise.all(this.#states.flatMap((state) => names.map((name) => read(state, name))));
    return { optimizer: this.#who, steps, groups, parameters };
  }

  /**
   * Loads a state from `stateDict()`, options included. Throws `ValueError` for another optimiser, other groups, options or
   * moments, and `ShapeError` for other shapes, before anything is changed.
   */
  loadStateDict(state: OptimizerState): void {
    const all = [...this.#progress.keys()];
    const groups = this.#groupStates();
    const shapes = all.map(({ shape }) => shape);
    const { start = {} } = this.#rule;
    checkState(state, { optimizer: this.#who, groups, shapes, memory: Object.keys(start) });
    const options = state.groups.map((group) => structuredClone(group.options) as Options & object);
    for (const each of options) this.#rule.row(each, 1, start);
    const names = this.#names(options);
    checkMoments(state, names);
    for (const [i, each] of options.entries()) Object.assign(this.groups[i] ?? {}, each);
    const states = new Map(all.map((p, i) => [p, state.parameters[i]]));
    for (const state of this.#states) {
      for (const name of names) {
        state.fill(name, (p, part) => part.set(states.get(p)?.moments[name] ?? []));
      }
    }
    for (const [p, { group }] of this.#progress) {
      const { steps = 0, memory = start } = states.get(p) ?? {};
      this.#progress.set(p, { group, steps, memory: { ...memory } });
    }
    this.steps = state.steps;
  }

  /** Frees the moments. Parameters are not freed. */
  dispose(): void {
    for (const state of this.#states) state.dispose();
  }

  #rows(updated: readonly Tensor[]): ProgressRows {
    const rule = this.#rule;
    const optionsOf = ({ group }: StepsTaken) => this.groups[group] as Options;
    const advance = (before: StepsTaken) => {
      const steps = before.steps + 1;
      const memory = rule.advance?.(optionsOf(before), steps, before.memory) ?? before.memory;
      return { group: before.group, steps, memory };
    };
    const row = (now: StepsTaken) => rule.row(optionsOf(now), now.steps, now.memory);
    return rowsOf(updated, this.#progress, advance, row);
  }

  /** `rows` is called again whenever a captured step is replayed. */
  #inputs(
    state: ArenaState,
    places: ProgressRows["rowOf"],
    rows: () => ProgressRows["rows"],
  ): ArenaInputs {
    const { arena } = state;
    const { engine } = arena;
    arena.collectGrads();
    const { shader } = this.#rule.kernel;
    const packed = () => packRows(shader, "rows", rows());
    const shape = [rows().length, rowOf(shader, "rows").stride / 4];
    return {
      p: arena.values(),
      grads: arena.grads(),
      block_row: state.table((p) => places.get(p)),
      rows: hostTensor(packed, { shape, engine, name: "rows" }),
    };
  }

  /** The moments that the groups need now; a moment that was not needed before starts at its initial value. */
  #moments(state: ArenaState): Moments<Name> {
    const start = (name: Name) => (p: Tensor) => {
      const group = this.groups[this.#progress.get(p)?.group ?? 0] as Options;
      return this.#rule.initial(group)[name] ?? 0;
    };
    const made = this.#names(this.groups).map((name) => [name, state.moment(name, start(name))]);
    return Object.fromEntries(made) as Moments<Name>;
  }

  #names(groups: readonly Options[]): Name[] {
    return [
      ...new Set(groups.flatMap((group) => Object.keys(this.#rule.initial(group)) as Name[])),
    ];
  }

  #groupStates(): GroupState[] {
    const index = new Map([...this.#progress.keys()].map((p, i) => [p, i]));
    return this.groups.map(({ parameters, ...options }) => ({
      options: structuredClone(Object.fromEntries(Object.entries(options))),
      parameters: parameters.map((p) => index.get(p) as number),
    }));
  }
}

const stepped = /* @__PURE__ */ signature("step", { clip: /* @__PURE__ */ optional(clipKind) });
