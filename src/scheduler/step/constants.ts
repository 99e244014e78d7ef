import type { Storage } from "../storage.ts";
import { liveCommands, type StepCommand, touches, writtenRoots } from "./commands.ts";
import type { ConstantCommands, Order } from "./order.ts";

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
 * Order for inference: commands that depend on sources alone come first and run again only when a source was written. Their
 * results are kept between replays.
 */
export const constantsFirst: Order = (commands, { outlives, isShared, isSource, fuse }) => {
  const needed = liveCommands(commands, outlives);
  const { constant, varying, kept } = splitConstants(needed, isSource, outlives);
  const first = fuse(constant, (root) => kept.has(root));
  return {
    commands: [...first, ...fuse(varying, outlives)],
    needed: needed.length,
    constants: new Constants(first, kept, isShared),
  };
};

/** Commands in two parts, each in recorded order. */
interface SplitCommands {
  /** Commands with the same results in every replay until a source changes. */
  readonly constant: readonly StepCommand[];
  readonly varying: readonly StepCommand[];
  /** Storages that constant commands write and varying ones read. */
  readonly kept: ReadonlySet<Storage>;
}

const readRoots = (command: StepCommand): Storage[] =>
  touches(command).reads.map(({ root }) => root);

/**
 * A command is constant if it reads only sources that no command writes and results of other constant ones, its options do not
 * change, and it is the only one to write its outputs, which are not needed after the step.
 */
function splitConstants(
  commands: readonly StepCommand[],
  isSource: (root: Storage) => boolean,
  outlives: (root: Storage) => boolean,
): SplitCommands {
  const writers = new Map<Storage, number>();
  for (const root of commands.flatMap(writtenRoots))
    writers.set(root, (writers.get(root) ?? 0) + 1);
  const known = new Set<Storage>();
  const holds = (root: Storage) => known.has(root) || (!writers.has(root) && isConstant(root));
  const isConstant = (root: Storage) => isSource(root) && !root.foreign && !small.has(root);
  const constant: StepCommand[] = [];
  const varying: StepCommand[] = [];
  for (const command of commands) {
    const written = writtenRoots(command);
    const alone = written.every((root) => !outlives(root) && writers.get(root) === 1);
    const changes = command.kind === "copy" || command.refresh || command.call?.refresh;
    if (changes || !alone || !readRoots(command).every(holds)) {
      varying.push(command);
      continue;
    }
    constant.push(command);
    for (const root of written) known.add(root);
  }
  const kept = new Set(varying.flatMap(readRoots).filter((root) => known.has(root)));
  return { constant, varying, kept };
}

/** The constant commands of a program, and the versions of the sources they were last computed from. */
class Constants implements ConstantCommands {
  readonly kept: ReadonlySet<Storage>;
  readonly #commands: ReadonlySet<StepCommand>;
  readonly #sources: readonly Storage[];
  #seen: readonly (readonly [root: Storage, version: number])[] | undefined;

  /** `isShared` says which of the buffers they read exist outside the step. */
  constructor(
    commands: readonly StepCommand[],
    kept: ReadonlySet<Storage>,
    isShared: (root: Storage) => boolean,
  ) {
    this.#commands = new Set(commands);
    this.kept = kept;
    const read = commands.flatMap((command) => touches(command).reads);
    this.#sources = [...new Set(read)].filter(({ root }) => isShared(root));
  }

  includes(command: StepCommand): boolean {
    return this.#commands.has(command);
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
