import { Arena, checkParameters } from "../../autograd/arena.ts";
import { BLOCK } from "../../kernels/optim/arena.ts";
import { NO_BLOCK } from "../../kernels/vector/blocks.ts";
import { vectorGather as gather } from "../../kernels/vector/gather.ts";
import { vectorMove as move } from "../../kernels/vector/move.ts";
import type { Engine } from "../../scheduler/engine.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import { keep, scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Maximum number of cached block tables (least recently used is evicted). */
const TABLES = 8;

/** A parameter's blocks in its arena, and where they begin in the vector. */
interface VectorSegment {
  readonly parameter: Tensor;
  readonly firstBlock: number;
  readonly blocks: number;
  /** Index of its first element in the vector. */
  readonly at: number;
}

/** The parameters of one arena; together they are at element `first` of the vector. */
interface ArenaSection {
  readonly arena: Arena;
  readonly first: number;
  readonly segments: readonly VectorSegment[];
  /** Tables of blocks by content: which parameters have a gradient rarely changes. */
  readonly tables: Map<string, Tensor>;
}

/**
 * All parameters as one long vector, whichever arenas they are in: copies values and gradients out of the arenas, and moves
 * the parameters along a direction. Padding between parameters is zero in every vector.
 */
export class ParameterVector {
  readonly engine: Engine;
  readonly parameters: readonly Tensor[];
  /** Number of elements of a vector, padding included. */
  readonly length: number;
  /** Number of elements of the parameters. */
  readonly count: number;
  readonly #sections: readonly ArenaSection[];

  /** Throws `ValueError` unless the parameters are distinct f32 leaves that require a gradient. */
  constructor(who: string, parameters: readonly Tensor[]) {
    checkParameters(who, parameters);
    this.parameters = parameters;
    this.count = parameters.reduce((sum, { size }) => sum + size, 0);
    let at = 0;
    this.#sections = Arena.of(parameters).map((arena) => {
      const first = at;
      const segments = parameters.flatMap((parameter) => {
        const found = arena.segmentOf(parameter);
        if (!found) return [];
        const segment = {
          parameter,
          firstBlock: found.firstBlock,
          blocks: found.blocks,
          at,
        };
        at += BLOCK * found.blocks;
        return [segment];
      });
      return { arena, first, segments, tables: new Map() };
    });
    this.length = at;
    this.engine = (this.#sections[0] as ArenaSection).arena.engine;
  }

  /** A new vector of zeros that belongs to no scope. */
  zeros(name: string): Tensor {
    return keep(tensor(new Float32Array(this.length), { engine: this.engine, name }));
  }

  /** Copies the parameters to a vector. */
  readValues(into: Tensor): void {
    for (const section of this.#sections) {
      this.#gather(section, section.arena.values(), into, section.first, () => true);
    }
  }

  /** Copies the gradients to a vector, starting at element `first`; missing gradients are zeros. */
  readGrads(into: Tensor, first = 0): void {
    for (const section of this.#sections) {
      const at = first + section.first;
      this.#gather(section, section.arena.grads(), into, at, ({ grad }) => grad !== null);
    }
  }

  /** Sets the parameters to x + t · d. */
  move(x: Tensor, d: Tensor, t: number): void {
    scope(() => {
      for (const section of this.#sections) {
        const table = this.#table(section, () => true);
        run(move, { p: section.arena.values(), table, x, d }, { first: section.first, t });
      }
    });
  }

  /** Indices of the parameters' elements in a vector, parameter by parameter in the given order. */
  positions(): number[] {
    const starts = new Map(
      this.#sections.flatMap(({ segments }) => segments.map((s) => [s.parameter, s.at] as const)),
    );
    return this.parameters.flatMap((p) =>
      Array.from({ length: p.size }, (_, i) => (starts.get(p) as number) + i),
    );
  }

  zeroGrad(): void {
    for (const p of this.parameters) {
      if (p.grad && p.grad !== p.gradTarget) p.grad.dispose();
      p.grad = null;
    }
  }

  /** Frees the block tables. Parameters are not freed. */
  dispose(): void {
    for (const { tables } of this.#sections) {
      for (const table of tables.values()) table.dispose();
      tables.clear();
    }
  }

  #gather(
    section: ArenaSection,
    arena: Tensor,
    y: Tensor,
    first: number,
    wanted: (parameter: Tensor) => boolean,
  ): void {
    run(gather, { arena, table: this.#table(section, wanted), y }, { first });
    arena.dispose();
  }

  /** The arena's blocks in the vector's order, without those of parameters that are not wanted. */
  #table({ segments, tables }: ArenaSection, wanted: (parameter: Tensor) => boolean): Tensor {
    const flags = segments.map(({ parameter }) => wanted(parameter));
    const key = flags.join();
    const known = tables.get(key);
    if (known) return known;
    const blocks = segments.flatMap(({ firstBlock, blocks: length }, i) =>
      Array.from({ length }, (_, b) => (flags[i] ? firstBlock + b : NO_BLOCK)),
    );
    const options = { engine: this.engine, name: "blocks" };
    const made = keep(tensor(Uint32Array.from(blocks), options));
    if (tables.size >= TABLES) this.dispose();
    tables.set(key, made);
    return made;
  }
}
