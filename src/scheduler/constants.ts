import { liveSteps, type Step, touches, writtenRoots } from "./steps.ts";
import type { Storage } from "./storage.ts";

/** What the order of a captured step's commands goes by. */
export interface Ordering {
  /** Whether constant steps come first, to be left out while they hold. */
  readonly hoist: boolean;
  /** Whether the buffer's content is wanted after the step. */
  outlives(root: Storage): boolean;
  /** Whether the buffer belongs to others. */
  isShared(root: Storage): boolean;
  /** Whether the buffer, if no step writes it, has the same content in every replay, until a command changes it. */
  isSource(root: Storage): boolean;
  /** Makes neighbouring steps one; content of `wanted` buffers must be there in the end. */
  fuse(steps: readonly Step[], wanted: (root: Storage) => boolean): readonly Step[];
}

/** The steps that matter, fused, constant ones first. */
export interface Ordered {
  readonly steps: readonly Step[];
  readonly constants: Constants;
  /** Commands before any was left out, and before fusion. */
  readonly recorded: number;
  readonly needed: number;
}

/** Leaves out what nobody needs, puts constant steps first, and fuses. */
export function orderSteps(
  all: readonly Step[],
  { hoist, outlives, isShared, isSource, fuse }: Ordering,
): Ordered {
  const needed = liveSteps(all, outlives);
  const none = { constant: [], varying: needed, kept: new Set<Storage>() };
  const { constant, varying, kept } = hoist ? splitConstants(needed, isSource, outlives) : none;
  const computed = fuse(constant, (root) => kept.has(root));
  return {
    steps: [...computed, ...fuse(varying, outlives)],
    recorded: all.length,
    needed: needed.length,
    constants: new Constants(computed, kept, isShared),
  };
}

/** Steps in two parts, each in its order. */
export interface StepOrder {
  /** Those that give the same in every replay until a source changes. */
  readonly constant: readonly Step[];
  readonly varying: readonly Step[];
  /** Storages that the first leave for the second. */
  readonly kept: ReadonlySet<Storage>;
}

const readRoots = (step: Step): Storage[] => touches(step).reads.map(({ root }) => root);

/**
 * A step is constant if it reads nothing but sources that no step writes and results of other constant steps, has no
 * options that change, and alone writes what it writes, which must not outlive the steps.
 */
export function splitConstants(
  steps: readonly Step[],
  isSource: (root: Storage) => boolean,
  outlives: (root: Storage) => boolean,
): StepOrder {
  const writers = new Map<Storage, number>();
  for (const root of steps.flatMap(writtenRoots)) writers.set(root, (writers.get(root) ?? 0) + 1);
  const known = new Set<Storage>();
  const holds = (root: Storage) => known.has(root) || (!writers.has(root) && isSource(root));
  const constant: Step[] = [];
  const varying: Step[] = [];
  for (const step of steps) {
    const written = writtenRoots(step);
    const alone = written.every((root) => !outlives(root) && writers.get(root) === 1);
    const changes = step.kind === "copy" || step.refresh || step.call?.refresh;
    if (changes || !alone || !readRoots(step).every(holds)) {
      varying.push(step);
      continue;
    }
    constant.push(step);
    for (const root of written) known.add(root);
  }
  const kept = new Set(varying.flatMap(readRoots).filter((root) => known.has(root)));
  return { constant, varying, kept };
}

/** The constant steps of a program, its first ones, and what they were last computed from. */
export class Constants {
  /** How many steps. */
  readonly count: number;
  /** Storages that hold their results from one replay to the next. */
  readonly kept: ReadonlySet<Storage>;
  readonly #sources: readonly Storage[];
  #seen: readonly (readonly [root: Storage, version: number])[] | undefined;

  /** `isShared` says which of the buffers they read belong to others. */
  constructor(
    steps: readonly Step[],
    kept: ReadonlySet<Storage>,
    isShared: (root: Storage) => boolean,
  ) {
    this.count = steps.length;
    this.kept = kept;
    const read = steps.flatMap((step) => touches(step).reads);
    this.#sources = [...new Set(read)].filter(({ root }) => isShared(root));
  }

  /** Whether the results hold: computed before, and no source written since. */
  get hold(): boolean {
    const seen = this.#seen;
    if (!seen) return false;
    return this.#sources.every(({ root }, i) => {
      const [before, version] = seen[i] ?? [];
      return root === before && root.version === version;
    });
  }

  /** They are being computed from the sources as they are now. */
  computed(): void {
    this.#seen = this.#sources.map(({ root }) => [root, root.version] as const);
  }

  /** The results are lost. */
  forget(): void {
    this.#seen = undefined;
  }
}
