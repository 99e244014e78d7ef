/** FNV-1a, 32 bits, over the f32 bits of numbers: equal for two runs whose every number has the same bits. */
export function digest(numbers: readonly number[]): string {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(Float32Array.from(numbers).buffer))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}
