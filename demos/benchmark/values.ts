/** Uniform numbers in ±scale that depend on the name alone, so that every library gets the same ones. */
export function values(name: string, count: number, scale = 1): Float32Array<ArrayBuffer> {
  let state = [...name].reduce((hash, c) => (Math.imul(hash, 31) + c.charCodeAt(0)) | 0, 17);
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (scale * state) / 2 ** 31;
  });
}

/** Values for a tensor of this shape, a flat array. */
export function valuesOf(name: string, shape: readonly number[], scale = 1) {
  return values(
    name,
    shape.reduce((a, b) => a * b, 1),
    scale,
  );
}

/** Labels in 0..classes-1. */
export function labels(name: string, count: number, classes: number): Uint32Array<ArrayBuffer> {
  const drawn = values(name, count, 0.5);
  return Uint32Array.from(drawn, (v) => Math.min(classes - 1, Math.floor((v + 0.5) * classes)));
}

/** One-hot labels [count, classes]. */
export function oneHot(label: Uint32Array, classes: number): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(label.length * classes);
  label.forEach((c, i) => {
    rows[i * classes + c] = 1;
  });
  return rows;
}
