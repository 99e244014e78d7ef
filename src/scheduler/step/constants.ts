import type { Storage } from "../storage.ts";
import type { ConstantSteps, Order } from "./order.ts";
import { liveSteps, type Step, touches, writtenRoots } from "./steps.ts";

/** Storages such as packed weights, whose constant results should not be kept because they are larger than the storage. */
const small = new WeakSet<Storage>();

/**
 * Makes captured steps recompute, in every replay, results that depend on this storage alone, instead of keeping them: they
 * are larger than the storage.
 */
export function keepSmall(storage: Storage): void {
  small.add(storage);
}

/**
 * Order for inference: steps that depend on sources alone come first and run again only when a source was written. Their
 * results are kept between replays.
 */
export const constantsFirst: Order = (steps, { outlives, isShared, isSource, fuse }) => {
  const needed = liveSteps(steps, outlives);
  const { constant, varying, kept } = splitConstants(needed, isSource, outlives);
  const first = fuse(constant, (root) => kept.has(root));
  return {
    steps: [...first, ...fuse(varying, outlives)],
    needed: needed.length,
    constants: new Constants(first, kept, isShared),
  };
};

/** Steps in two parts, each in recorded order. */
interface StepOrder {
  /** Steps with the same results in every replay until a source changes. */
  readonly constant: readonly Step[];
  readonly varying: readonly Step[];
  /** Storages that constant steps write and varying steps read. */
  readonly kept: ReadonlySet<Storage>;
}

const readRoots = (step: Step): Storage[] => touches(step).reads.map(({ root }) => root);

/**
 * A step is constant if it reads only sources that no step writes and results of other constant steps, its options do not
 * change, and it is the only one to write its outputs, which are not needed after the step.
 */
function splitConstants(
  steps: readonly Step[],
  isSource: (root: Storage) => boolean,
  outlives: (root: Storage) => boolean,
): StepOrder {
  const writers = new Map<Storage, number>();
  for (const root of steps.flatMap(writtenRoots)) writers.set(root, (writers.get(root) ?? 0) + 1);
  const known = new Set<Storage>();
  const holds = (root: Storage) => known.has(root) || (!writers.has(root) && isConstant(root));
  const isConstant = (root: Storage) => isSource(root) && !root.foreign && !small.has(root);
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

/** The constant steps of a program, and the versions of the sources they were last computed from. */
class Constants implements ConstantSteps {
  readonly kept: ReadonlySet<Storage>;
  readonly #steps: ReadonlySet<Step>;
  readonly #sources: readonly Storage[];
  #seen: readonly (readonly [root: Storage, version: number])[] | undefined;

  /** `isShared` says which of the buffers they read exist outside the step. */
  constructor(
    steps: readonly Step[],
    kept: ReadonlySet<Storage>,
    isShared: (root: Storage) => boolean,
  ) {
    this.#steps = new Set(steps);
    this.kept = kept;
    const read = steps.flatMap((step) => touches(step).reads);
    this.#sources = [...new Set(read)].filter(({ root }) => isShared(root));
  }

  includes(step: Step): boolean {
    return this.#steps.has(step);
  }

  get hold(): boolean {
    const seen = this.#seen;
    if (!seen) return false;
    return this.#sources.every(({ root }, i) => {
      const [before, version] = seen[i] ?? [];
      return root === before && root.version === version;
    });
  }

  computed(): void {
    this.#seen = this.#sources.map(({ root }) => [root, root.version] as const);
  }

  forget(): void {
    this.#seen = undefined;
  }
}
