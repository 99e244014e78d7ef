/**
 * Setup of the lanes unit and gpu: `toEqual` compares typed arrays in a loop. By itself it takes 3 µs for each element,
 * seconds for a million. Only equal arrays are settled here; all others it compares, and describes, itself.
 */
import { expect } from "vitest";
import type { TypedArray } from "../../src/core/shape.ts";

const isTyped = (value: unknown): value is TypedArray =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

function equalArrays(a: unknown, b: unknown): true | undefined {
  if (!isTyped(a) || !isTyped(b) || a.constructor !== b.constructor) return undefined;
  if (a.length !== b.length) return undefined;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return undefined;
  return true;
}

// files that share a process or a page share `expect`: the tester is added once
const place = globalThis as { equalArrays?: true };
if (!place.equalArrays) expect.addEqualityTesters([equalArrays]);
place.equalArrays = true;
