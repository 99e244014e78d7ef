import type { Binding } from "../shader/shader.ts";

/** A range of bytes that a dispatch binds. */
export interface BoundRange {
  readonly name: string;
  readonly access: Binding["access"];
  /** The buffer; before it is allocated, an object that identifies it. */
  readonly buffer: object;
  readonly offset: number;
  readonly bytes: number;
}

/**
 * Two bindings that WebGPU does not allow in one dispatch: the same buffer both read and written, whatever the ranges, or
 * overlapping ranges that are both written.
 */
export function conflict(
  ranges: readonly BoundRange[],
): readonly [BoundRange, BoundRange] | undefined {
  for (const [i, a] of ranges.entries()) {
    const b = ranges.slice(i + 1).find((other) => clash(a, other));
    if (b) return [a, b];
  }
  return undefined;
}

function clash(a: BoundRange, b: BoundRange): boolean {
  if (a.buffer !== b.buffer) return false;
  const reads = [a, b].filter(({ access }) => access === "read").length;
  if (reads > 0) return reads === 1;
  return a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes;
}
