import type { Arena } from "../autograd/arena.ts";
import { tensor } from "../tensor/create.ts";
import { keep } from "../tensor/scope.ts";
import { Tensor } from "../tensor/tensor.ts";

/** Maximum number of cached block tables (least recently used is evicted). */
const TABLES = 8;

/** The tensor with this key. If the device refused its buffer, it is disposed of and undefined is returned. */
function alive(tensors: Map<string, Tensor>, key: string): Tensor | undefined {
  const known = tensors.get(key);
  if (!known?.storage.failure) return known;
  tensors.delete(key);
  known.dispose();
  return undefined;
}

/** An optimiser's state for one arena: its moments, each laid out like the arena, and block tables. */
export class ArenaState {
  readonly arena: Arena;
  readonly #moments = new Map<string, Tensor>();
  /** Block tables by content, least recently used first: which parameters have a gradient rarely changes. */
  readonly #tables = new Map<string, Tensor>();

  constructor(arena: Arena) {
    this.arena = arena;
  }

  /** The moment of this name, created on first use with the value that `initial` returns for each parameter. */
  moment(name: string, initial: (parameter: Tensor) => number): Tensor {
    const known = this.#moments.get(name);
    if (known?.storage.failure?.of) known.checkUsable("optimizer");
    return (
      alive(this.#moments, name) ??
      this.fill(name, (parameter, part) => part.fill(initial(parameter)))
    );
  }

  /** Overwrites a moment from the host. */
  fill(name: string, write: (parameter: Tensor, part: Float32Array) => void): Tensor {
    const { engine, length } = this.arena;
    const data = new Float32Array(length);
    for (const [parameter, part] of this.arena.parts(data)) write(parameter, part);
    const known = this.#moments.get(name);
    if (known) {
      using made = tensor(data, { engine, name });
      engine.copy(made.storage, known.storage); // keep the buffer: a captured step may have bound it
      return known;
    }
    const storage = engine.allocate(name, [length], { lasting: true });
    engine.upload(storage, data);
    const made = keep(new Tensor({ engine, storage, shape: [length], dtype: "f32", name }));
    this.#moments.set(name, made);
    return made;
  }

  /** Reads a moment to the host: a copy of each parameter's part. */
  async read(name: string): Promise<[parameter: Tensor, part: Float32Array][]> {
    const data = (await this.#moments.get(name)?.read()) as Float32Array;
    return this.arena.parts(data).map(([parameter, part]) => [parameter, part.slice()]);
  }

  /** The row of every block; `rowOf` returns the row of each parameter that is updated. */
  table(rowOf: (parameter: Tensor) => number | undefined): Tensor {
    const rows = this.arena.segmentRows(rowOf);
    const key = rows.join();
    const known = alive(this.#tables, key);
    this.#tables.delete(key);
    const { engine } = this.arena;
    const table = known ?? keep(tensor(this.arena.blockRows(rows), { engine, name: "block_row" }));
    this.#tables.set(key, table);
    const [oldest] = this.#tables;
    if (oldest && this.#tables.size > TABLES) {
      oldest[1].dispose();
      this.#tables.delete(oldest[0]);
    }
    return table;
  }

  /** Frees everything; using a moment afterwards throws `DisposedError`. */
  dispose(): void {
    for (const owned of [...this.#moments.values(), ...this.#tables.values()]) owned.dispose();
    this.#tables.clear();
  }
}
