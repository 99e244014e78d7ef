/*
 * Objects of another realm (a frame, jest's vm context) have other classes: `instanceof` says false of them. What users give is
 * told apart here.
 */

/** Built-in classes by their names. */
interface BuiltIn {
  AbortSignal: AbortSignal;
  ArrayBuffer: ArrayBuffer;
  BigInt64Array: BigInt64Array;
  BigUint64Array: BigUint64Array;
  Blob: Blob;
  DataView: DataView;
  File: File;
  Float32Array: Float32Array<ArrayBuffer>;
  Float64Array: Float64Array<ArrayBuffer>;
  Int32Array: Int32Array<ArrayBuffer>;
  Map: Map<unknown, unknown>;
  Promise: Promise<unknown>;
  RegExp: RegExp;
  Response: Response;
  Uint8Array: Uint8Array<ArrayBuffer>;
  Uint8ClampedArray: Uint8ClampedArray<ArrayBuffer>;
  Uint32Array: Uint32Array<ArrayBuffer>;
  URL: URL;
}

/** The name of the built-in class of a value, whichever realm the value is from. */
export const classOf = (value: unknown): string =>
  Object.prototype.toString.call(value).slice(8, -1);

/** Whether a value is an object of one of these built-in classes, whichever realm it is from. */
export const isA = <N extends keyof BuiltIn>(
  value: unknown,
  ...names: readonly N[]
): value is BuiltIn[N] => names.includes(classOf(value) as N);

/** Whether a value is a plain object, as `{}` makes one, whichever realm it is from. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The message of a thrown value, which need not be an Error. */
export const messageOf = (thrown: unknown): string =>
  (thrown as Partial<Error> | null | undefined)?.message ?? String(thrown);
