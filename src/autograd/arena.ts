import { ShapeError, ValueError } from "../core/errors.ts";
import { show } from "../core/shape.ts";
import { BLOCK, NO_ROW } from "../kernels/optim/arena.ts";
import type { Engine } from "../scheduler/engine.ts";
import type { Storage } from "../scheduler/storage.ts";
import { roleOf } from "../tensor/roles.ts";
import { keep } from "../tensor/scope.ts";
import { Tensor } from "../tensor/tensor.ts";

/** A parameter's place in its arena, in blocks. */
interface Segment {
  readonly parameter: Tensor;
  readonly firstBlock: number;
  readonly blocks: number;
}

/**
 * Parameters side by side in one buffer and their gradients in another, so that one dispatch updates all of them.
 * Backward passes write straight into the gradients. The buffers live as long as the parameters in them.
 */
export class Arena {
  readonly engine: Engine;
  /** Number of elements, unused ones between segments included. */
  readonly length: number;
  readonly #values: Storage;
  readonly #grads: Storage;
  readonly #segments: readonly Segment[];

  private constructor(engine: Engine, parameters: readonly Tensor[]) {
    this.engine = engine;
    let blocks = 0;
    this.#segments = parameters.map((parameter) => {
      const segment = { parameter, firstBlock: blocks, blocks: Math.ceil(parameter.size / BLOCK) };
      blocks += segment.blocks;
      return segment;
    });
    this.length = blocks * BLOCK;
    this.#values = zeroed(engine, "parameters", this.length);
    this.#grads = zeroed(engine, "gradients", this.length);
    for (const { parameter, firstBlock } of this.#segments) this.#adopt(parameter, firstBlock);
  }

  /** The arenas of these parameters; parameters without an arena move into a new one together. */
  static of(parameters: readonly Tensor[]): Arena[] {
    const loose = parameters.filter((p) => !arenas.has(p));
    const [first] = loose;
    if (first) {
      const arena = new Arena(first.engine, loose);
      for (const parameter of loose) arenas.set(parameter, arena);
    }
    return [...new Set(parameters.map((p) => arenas.get(p) as Arena))];
  }

  /** A new handle to all values, [length]. */
  values(): Tensor {
    return this.#handle(this.#values, "parameters");
  }

  /** Whether this is the storage of a parameter of this arena. */
  holds(storage: Storage): boolean {
    return storage.root === this.#values;
  }

  /** A new handle to all gradients, [length]. */
  grads(): Tensor {
    return this.#handle(this.#grads, "gradients");
  }

  /** Splits data that is laid out like the arena into each parameter's part: views, to read or to fill. */
  parts(data: Float32Array): [parameter: Tensor, part: Float32Array][] {
    return this.#segments.map(({ parameter, firstBlock }) => {
      const start = firstBlock * BLOCK;
      return [parameter, data.subarray(start, start + parameter.size)];
    });
  }

  /** The blocks of a parameter; undefined if it is not in this arena. */
  segmentOf(parameter: Tensor): { firstBlock: number; blocks: number } | undefined {
    return this.#segments.find((segment) => segment.parameter === parameter);
  }

  /** The row of every parameter in the arena's order, from `rowOf`; NO_ROW if that is undefined. */
  segmentRows(rowOf: (parameter: Tensor) => number | undefined): number[] {
    return this.#segments.map(({ parameter }) => rowOf(parameter) ?? NO_ROW);
  }

  /** The row of every block of 64 elements, from the rows of the parameters. */
  blockRows(segmentRows: readonly number[]): Uint32Array<ArrayBuffer> {
    const table = new Uint32Array(this.length / BLOCK);
    this.#segments.forEach(({ firstBlock, blocks }, i) => {
      table.fill(segmentRows[i] as number, firstBlock, firstBlock + blocks);
    });
    return table;
  }

  /** Moves gradients that lie elsewhere, such as one assigned by hand, into the arena. */
  collectGrads(): void {
    for (const { parameter } of this.#segments) this.#collect(parameter);
  }

  #collect(parameter: Tensor): void {
    const { grad, gradTarget } = parameter;
    if (!grad || !gradTarget || grad === gradTarget) return;
    if (grad.dtype !== "f32" || grad.engine !== this.engine || grad.size !== parameter.size) {
      throw new ShapeError(
        `optimizer: expected an f32 gradient ${show(parameter.shape)} for ${parameter.name}, got ${grad}; assign one of the ` +
          "parameter's shape and engine",
      );
    }
    grad.checkUsable("optimizer");
    this.engine.copy(grad.storage, gradTarget.storage);
    grad.dispose();
    parameter.grad = gradTarget;
  }

  #handle(storage: Storage, name: string): Tensor {
    return new Tensor({ engine: this.engine, storage, shape: [this.length], dtype: "f32", name });
  }

  #adopt(parameter: Tensor, firstBlock: number): void {
    const { engine, shape, dtype, name } = parameter;
    const offset = 4 * BLOCK * firstBlock;
    engine.moveInto(parameter.storage, this.#values, offset);
    const storage = engine.allocate("gradients", shape);
    engine.moveInto(storage, this.#grads, offset);
    parameter.gradTarget = keep(
      new Tensor({ engine, storage, shape, dtype, name: `${name}.grad` }),
    );
    this.#collect(parameter);
  }
}

const arenas = new WeakMap<Tensor, Arena>();

function zeroed(engine: Engine, name: string, length: number): Storage {
  const storage = engine.allocate(name, [length], { lasting: true });
  engine.clear(storage);
  return storage;
}

/** Whether a step updates a parameter: it has a gradient and is not frozen. */
export const isTrained = ({ grad, requiresGrad }: Tensor) => grad !== null && requiresGrad;

/** Throws `ValueError` unless these are distinct f32 leaves that require a gradient, or frozen parameters. */
export function checkParameters(who: string, parameters: readonly Tensor[]): void {
  if (parameters.length === 0) {
    throw new ValueError(`${who}: expected parameters, got none; pass model.parameters()`);
  }
  if (new Set(parameters).size !== parameters.length) {
    throw new ValueError(
      `${who}: expected every parameter once, got one twice; put it in one group`,
    );
  }
  for (const p of parameters) {
    p.checkUsable(who);
    if (roleOf(p) === "parameter" && !p.node && p.dtype === "f32") continue;
    throw new ValueError(
      `${who}: expected f32 leaves that require a gradient, got ${show(p.shape, p.name)}; set requiresGrad, pass ` +
        "parameters rather than results",
    );
  }
}
