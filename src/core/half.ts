/**
 * 16-bit floats on the host: bf16, and IEEE 754 binary16 (f16): 11 significant bits, normal from 6.1e-5 to 65,504,
 * subnormal below.
 */

const view = new DataView(new ArrayBuffer(4));

/** Bits of the f16 nearest to a number, ties to even; beyond 65,519.99 that is ∞. */
export function halfBits(value: number): number {
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size > 0x7f800000) return sign | 0x7e00; // NaN
  if (size >= 0x477ff000) return sign | 0x7c00;
  if (size < 0x38800000) return sign | roundToEven(Math.abs(value) * 2 ** 24); // below 2^-14: multiples of 2^-24
  const rounded = size + 0xfff + ((size >>> 13) & 1);
  return sign | ((rounded - 0x38000000) >>> 13);
}

function roundToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** The number that these bits of an f16 encode. */
export function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The f16 nearest to a number. */
export const halfRound = (value: number): number => halfValue(halfBits(value));

/** The number that these bits of a bf16 encode: they are the upper half of an f32. */
export function bfloatValue(bits: number): number {
  view.setUint32(0, (bits & 0xffff) * 2 ** 16);
  return view.getFloat32(0);
}

/** Bits of the bf16 nearest to a number, ties to even. */
export function bfloatBits(value: number): number {
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  if (Number.isNaN(value)) return (bits >>> 16) | 0x40; // a NaN whose set bits are all cut off would become ∞
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

/** Numbers as f16 in memory, padded to a multiple of 4 bytes. */
export function packHalf(values: ArrayLike<number>): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(values.length / 2));
  new Uint16Array(words.buffer).set(Array.from(values, halfBits));
  return words;
}

/** The values of f16 in memory, padding included. */
export function unpackHalf(buffer: ArrayBuffer): Float32Array<ArrayBuffer> {
  return Float32Array.from(new Uint16Array(buffer), halfValue);
}
