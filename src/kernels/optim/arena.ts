import { ShapeError, ValueError } from "../../core/errors.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { grid256, type HostTensor, type InputSpec } from "../kernel.ts";

/** Elements of a block, the unit in which parameters are laid out: 256 bytes, the alignment of a binding. */
export const BLOCK = 64;

/** In `block_group`: leave this block alone, be it padding or a parameter without gradient. */
export const NO_GROUP = 0xffffffff;

interface ArenaShapes {
  readonly p: Shape;
  readonly grads: Shape;
  readonly block_group: Shape;
  readonly groups: Shape;
  readonly clip?: Shape | undefined;
}

/**
 * What the plans of all optimisers share. Arenas are [count] with count a multiple of 64, `block_group` is [count / 64],
 * `groups` is [rows, width], and `clip`, which multiplies the gradients, one number; a negative
 * one leaves everything as it is. Throws `ShapeError` otherwise.
 */
export function arenaPlan(
  who: string,
  { p, grads, block_group, groups, clip }: ArenaShapes,
  states: Readonly<Record<string, Shape | undefined>>,
  width: number,
) {
  const [count = 0] = p;
  if (p.length !== 1 || count % BLOCK !== 0) {
    throw new ShapeError(
      `${who}: expected an arena p [count] with count a multiple of ${BLOCK}, got ${show(p)}; pad each parameter`,
    );
  }
  if (clip && size(clip) !== 1) {
    throw new ShapeError(
      `${who}: expected one number in clip, got ${show(clip)}; see clip_norm.ts`,
    );
  }
  const expected = { grads: p, block_group: [count / BLOCK], groups: [groups[0] ?? 1, width] };
  const got = { grads, block_group, groups, ...states };
  for (const [name, shape] of Object.entries(got)) {
    const wanted: Shape = expected[name as keyof typeof expected] ?? p;
    if (shape !== undefined && show(shape) !== show(wanted)) {
      throw new ShapeError(
        `${who}: expected ${show(wanted, name)} for p ${show(p)}, got ${show(shape, name)}; see arena.ts for the layout`,
      );
    }
  }
  const vectors = count / 4;
  return {
    outputs: {},
    params: { vectors, groups: groups[0] ?? 0 },
    grid: grid256(vectors),
    slots: { gradient: clip ? ("clipped" as const) : ("whole" as const) },
  };
}

interface HostArena {
  readonly grads: HostTensor;
  readonly block_group: HostTensor;
  readonly groups: HostTensor;
  readonly clip?: HostTensor;
}

/** Calls `visit` with every element to update, its row and its gradient, clipped. */
export function forEachParameter(
  { grads, block_group, groups, clip }: HostArena,
  visit: (i: number, row: number[], gradient: number) => void,
): void {
  const [count = 0, width = 1] = groups.shape;
  const coefficient = clip?.data[0] ?? 1;
  if (coefficient < 0) return;
  for (let i = 0; i < block_group.data.length * BLOCK; i++) {
    const group = block_group.data[Math.floor(i / BLOCK)] as number;
    if (group >= count) continue;
    visit(
      i,
      Array.from({ length: width }, (_, k) => groups.data[group * width + k] as number),
      coefficient * (grads.data[i] as number),
    );
  }
}

/** A float64 copy that a reference updates, of nothing if the buffer is not there. */
export const copyOf = (tensor: HostTensor | undefined) => Float64Array.from(tensor?.data ?? []);

/** Throws `ValueError` unless every number satisfies its bound. `below` is exclusive. */
export function checkNumbers(
  who: string,
  numbers: Readonly<Record<string, number>>,
  { below = Infinity }: { below?: number } = {},
): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (value >= 0 && value < below) continue;
    const domain = below === Infinity ? "a finite number ≥ 0" : `a number in [0, ${below})`;
    throw new ValueError(`${who}: expected ${name} ${domain}, got ${value}`);
  }
}

/** 1, or 1 − lr · λ where the decay is decoupled: what a step shrinks the parameters by. */
export function shrinkOf(lr: number, weightDecay: number, decoupled: boolean): number {
  return decoupled ? 1 - lr * weightDecay : 1;
}

/** Throws `ValueError` unless `step` counts from 1. */
export function checkStep(who: string, step: number): void {
  if (Number.isInteger(step) && step >= 1) return;
  throw new ValueError(`${who}: expected step an integer ≥ 1, got ${step}; the first step is 1`);
}

/** Case inputs: blocks of the given rows, and the rows. */
export function layout(blocks: readonly number[], packed: readonly (readonly number[])[]) {
  const width = packed[0]?.length ?? 0;
  const numbers = packed.flat();
  const arena: Shape = [blocks.length * BLOCK];
  const block_group: InputSpec = { shape: [blocks.length], fill: (i) => blocks[i] ?? NO_GROUP };
  const groups: InputSpec = { shape: [packed.length, width], fill: (i) => numbers[i] ?? 0 };
  return { arena, common: { p: arena, grads: arena, block_group, groups } };
}

/** A coefficient that says: leave it. */
export const refused: InputSpec = { shape: [], fill: () => -1 };

/** A quarter, for the cases of clipped gradients. */
export const quarter: InputSpec = { shape: [1], fill: () => 0.25 };

/** Gradients that a kernel must survive, twice to fill two blocks. */
export const extreme = (values: readonly number[]): InputSpec => ({
  shape: [2 * BLOCK],
  fill: (i) => values[i % values.length] ?? 0,
});

/** The case with some of its inputs replaced. */
export function withInputs<C extends { readonly inputs: object }>(
  test: C,
  inputs: Partial<C["inputs"]>,
): C {
  return { ...test, inputs: { ...test.inputs, ...inputs } };
}
