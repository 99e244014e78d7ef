import { Arena } from "../autograd/arena.ts";
import { ValueError } from "../core/errors.ts";
import type { TypedArray } from "../core/shape.ts";
import { describe } from "../core/signature.ts";
import { assign } from "../nn/module/state.ts";
import { Optimizer } from "../optim/optimizer.ts";
import { tensor } from "../tensor/create.ts";
import { isTensor } from "../tensor/kinds.ts";
import { keep } from "../tensor/scope.ts";
import { clearGrad, type Tensor } from "../tensor/tensor.ts";
import type { Stateful } from "./checkpoint_kinds.ts";
import type { FitCommon, LossStep } from "./fit_options.ts";

/** Parts of a training by name. */
export type Parts = Readonly<Record<string, Stateful>>;

/** The parts of a training that `fit` knows, by its options. */
export type Trained = FitCommon<unknown> & Partial<Pick<LossStep<unknown>, "optimizer">>;

type ContentEntry = { readonly shape: readonly number[]; readonly data: TypedArray };
type StateEntries = Readonly<Record<string, ContentEntry | undefined>>;

/**
 * All parts needed to restore a training: the options of `fit`, the caller's `keep`, other parameters in the same arenas,
 * and gradients that outlast a step. Throws `ValueError` for a part without a state.
 */
export function partsOf(options: Trained, kept: Readonly<Record<string, unknown>>): Parts {
  const { model, optimizer, schedule, data, average, earlyStopping, epochLosses } = options;
  const stateful = {
    ...{ model, optimizer, data, average, earlyStopping, epochLosses },
    schedule: typeof schedule === "function" ? undefined : schedule,
    ...Object.fromEntries(Object.entries(kept).map(([name, part]) => [`keep.${name}`, part])),
  };
  const parts: Record<string, Stateful> = {};
  for (const [name, part] of Object.entries(stateful)) {
    if (part !== undefined)
      parts[name] = isTensor(part) ? new TensorsState([part]) : checked(name, part);
  }
  const own = [...model.parameters()];
  const optimizers = Object.values(parts).filter((part) => part instanceof Optimizer);
  const stepped = optimizers.flatMap(({ groups }) => groups.flatMap((each) => each.parameters));
  const together = new Set([...own, ...neighbours([...own, ...stepped])]);
  const zeroed = new Set(optimizer ? stepped : []); // fit clears their gradients before every step
  parts.parameters = new TensorsState([...together].filter((p) => !own.includes(p)));
  parts.gradients = new GradientsState([...together], zeroed);
  return parts;
}

/** These parameters and all others in the same arenas. */
function neighbours(parameters: readonly Tensor[]): Tensor[] {
  const inArena = parameters.filter((p) => p.gradTarget);
  const arenas = inArena.length === 0 ? [] : Arena.of(inArena);
  const all = arenas.flatMap((arena) => arena.parts(new Float32Array(arena.length)));
  return [...parameters, ...all.map(([p]) => p)];
}

function checked(name: string, part: unknown): Stateful {
  const { stateDict, loadStateDict } = part as Partial<Stateful>;
  if (typeof stateDict === "function" && typeof loadStateDict === "function") {
    return part as Stateful;
  }
  throw new ValueError(
    `fit: expected ${name} with stateDict() and loadStateDict() to recover it, got ${describe(part)}; add them, or leave ` +
      "recover out",
  );
}

/** The content of tensors as a state. */
class TensorsState implements Stateful {
  readonly #tensors: readonly Tensor[];

  constructor(tensors: readonly Tensor[]) {
    this.#tensors = tensors;
  }

  async stateDict(): Promise<StateEntries> {
    return read(this.#tensors.map((each, i) => [String(i), each] as const));
  }

  loadStateDict(state: StateEntries): void {
    this.#tensors.forEach((each, i) => {
      assign(each, (state[String(i)] as ContentEntry).data);
    });
  }
}

/** Gradients between two steps as a state. */
class GradientsState implements Stateful {
  readonly #parameters: readonly Tensor[];
  readonly #zeroed: ReadonlySet<Tensor>;

  constructor(parameters: readonly Tensor[], zeroed: ReadonlySet<Tensor>) {
    this.#parameters = parameters;
    this.#zeroed = zeroed;
  }

  async stateDict(): Promise<StateEntries> {
    const held = this.#parameters.flatMap((p, i) =>
      p.grad && !this.#zeroed.has(p) ? [[String(i), p.grad] as const] : [],
    );
    return read(held);
  }

  loadStateDict(state: StateEntries): void {
    this.#parameters.forEach((p, i) => {
      const { gradTarget, engine } = p;
      if (gradTarget) assign(gradTarget, new Float32Array(p.size)); // the buffer of the arena was lost, too
      clearGrad(p);
      const entry = state[String(i)];
      if (!entry) return;
      if (gradTarget) assign(gradTarget, entry.data);
      p.grad = gradTarget ?? keep(tensor(entry.data, { shape: p.shape, dtype: p.dtype, engine }));
    });
  }
}

async function read(named: readonly (readonly [string, Tensor])[]): Promise<StateEntries> {
  const reading = named.map(async ([name, each]): Promise<[string, ContentEntry]> => {
    return [name, { shape: [...each.shape], data: await each.read() }];
  });
  return Object.fromEntries(await Promise.all(reading));
}
