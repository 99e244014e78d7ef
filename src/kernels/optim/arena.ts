import { ShapeError, ValueError } from "../../core/errors.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { rowOf } from "../../shader/pack.ts";
import type { Field, Shader, Signature, Struct, Values } from "../../shader/shader.ts";
import { grid256, type HostTensor } from "../kernel.ts";

/** Number of elements of a block, the unit in which parameters are laid out: 256 bytes, the alignment of a binding. */
export const BLOCK = 64;

/** In `block_row`: a block that is not updated, such as padding or a parameter without gradient. */
export const NO_ROW = 0xffffffff;

/** Common options of parameter groups of most optimisers, with PyTorch's names. */
export interface CommonGroupOptions {
  /** Learning rate, ≥ 0; default 1 for `Adadelta`, 2e-3 for `Adamax`, 1e-2 for `Adagrad` and `RMSprop`. */
  readonly lr: number;
  /** λ, the weight decay: λ · p is added to the gradient; default 0. */
  readonly weightDecay?: number;
  /** Whether the loss is maximised. */
  readonly maximize?: boolean;
}

interface ArenaShapes {
  readonly p: Shape;
  readonly grads: Shape;
  readonly block_row: Shape;
  readonly rows: Shape;
  readonly clip?: Shape | undefined;
}

/**
 * The common part of the plans of all optimisers. Arenas are [count] with count a multiple of 64, `block_row` is [count /
 * 64], `rows` is [rows, numbers per row], and `clip`, the factor of the gradients, one number; a negative one skips the
 * update. Throws `ShapeError` otherwise.
 */
export function arenaPlan(
  shader: Shader,
  { p, grads, block_row, rows, clip }: ArenaShapes,
  states: Readonly<Record<string, Shape | undefined>>,
) {
  const who = shader.path.replace(".wgsl", "");
  const [count = 0] = p;
  if (p.length !== 1 || count % BLOCK !== 0) {
    throw new ShapeError(
      `${who}: expected an arena p [count] with count a multiple of ${BLOCK}, got ${show(p)}; pad each parameter`,
    );
  }
  if (clip && size(clip) !== 1) {
    throw new ShapeError(`${who}: expected one number in clip, got ${show(clip)}; pass clipNorm's`);
  }
  const expected = {
    grads: p,
    block_row: [count / BLOCK],
    rows: [rows[0] ?? 1, rowOf(shader, "rows").stride / 4],
  };
  const got = { grads, block_row, rows, ...states };
  for (const [name, shape] of Object.entries(got)) {
    const wanted: Shape = expected[name as keyof typeof expected] ?? p;
    if (shape !== undefined && show(shape) !== show(wanted)) {
      throw new ShapeError(
        `${who}: expected ${show(wanted, name)} for p ${show(p)}, got ${show(shape, name)}; reshape it`,
      );
    }
  }
  const vectors = count / 4;
  return {
    outputs: {},
    params: { vectors, rows: rows[0] ?? 0 },
    grid: grid256(vectors),
    slots: { gradient: clip ? ("clipped" as const) : ("whole" as const) },
  };
}

interface HostArena {
  readonly grads: HostTensor;
  readonly block_row: HostTensor;
  readonly rows: HostTensor;
  readonly clip?: HostTensor;
}

/** The shader of an optimiser with this struct as its row. */
export type ArenaShader<Row> = Shader<Signature & { readonly rows: { readonly rows: Row } }>;

/** Calls `visit` with every element to update, its row and its clipped gradient. */
export function forEachParameter<Row>(
  shader: ArenaShader<Row>,
  { grads, block_row, rows, clip }: HostArena,
  visit: (i: number, row: Row, gradient: number) => void,
): void {
  const [count = 0] = rows.shape;
  const coefficient = clip?.data[0] ?? 1;
  if (coefficient < 0) return;
  const struct = rowOf(shader, "rows");
  for (let i = 0; i < block_row.data.length * BLOCK; i++) {
    const at = block_row.data[Math.floor(i / BLOCK)] as number;
    if (at >= count) continue;
    const row = membersOf(struct, rows.data, (at * struct.stride) / 4) as Row;
    visit(i, row, coefficient * (grads.data[i] as number));
  }
}

/** The members of the struct at element `at` of a buffer. */
function membersOf({ fields }: Struct, data: ArrayLike<number>, at: number): Values {
  const member = (field: Field) => {
    const place = at + field.offset / 4;
    return "fields" in field ? membersOf(field, data, place) : (data[place] as number);
  };
  return Object.fromEntries(fields.map((field) => [field.name, member(field)]));
}

/** A row as the buffer holds it, in float64. */
export function numbersOf(shader: Shader, row: Values): number[] {
  const { fields, stride } = rowOf(shader, "rows");
  const numbers = new Array<number>(stride / 4).fill(0);
  const write = (all: readonly Field[], values: Values, at: number): void => {
    for (const field of all) {
      const place = at + field.offset / 4;
      if ("fields" in field) write(field.fields, values[field.name] as Values, place);
      else numbers[place] = values[field.name] as number;
    }
  };
  write(fields, row, 0);
  return numbers;
}

/** A float64 copy for a reference to update; empty if there is no such buffer. */
export const copyOf = (tensor: HostTensor | undefined) => Float64Array.from(tensor?.data ?? []);

/** Throws `ValueError` unless every number is within its bounds. `below` is exclusive. */
export function checkNumbers(
  who: string,
  numbers: Readonly<Record<string, number>>,
  { below = Infinity }: { below?: number } = {},
): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (value >= 0 && value < below) continue;
    const domain = below === Infinity ? "a finite number ≥ 0" : `a number in [0, ${below})`;
    throw new ValueError(`${who}: expected ${name} ${domain}, got ${value}; try 0.001`);
  }
}

/** Factor of the parameters in a step: 1, or 1 − lr · λ for decoupled weight decay. */
export function shrinkOf(lr: number, weightDecay: number, decoupled: boolean): number {
  return decoupled ? 1 - lr * weightDecay : 1;
}

/** Throws `ValueError` unless `step` is an integer ≥ 1. */
export function checkStep(who: string, step: number): void {
  if (Number.isInteger(step) && step >= 1) return;
  throw new ValueError(`${who}: expected step an integer ≥ 1, got ${step}; the first step is 1`);
}
