/** Gathers elements of `width` bytes with these strides (in elements), from element `offset` on, in row-major order. */
export function gathered(
  from: Uint8Array,
  width: number,
  {
    shape,
    strides,
    offset,
  }: {
    readonly shape: readonly number[];
    readonly strides: readonly number[];
    readonly offset: number;
  },
): ArrayBuffer {
  const to = new Uint8Array(width * shape.reduce((product, n) => product * n, 1));
  const index = shape.map(() => 0);
  let source = offset;
  for (let at = 0; at < to.length; at += width) {
    for (let byte = 0; byte < width; byte++) to[at + byte] = from[source * width + byte] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] as number) + 1;
      source += strides[axis] as number;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      source -= (strides[axis] as number) * (shape[axis] as number);
      index[axis] = 0;
    }
  }
  return to.buffer;
}
