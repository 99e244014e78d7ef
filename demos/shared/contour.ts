/** Heights on a square grid, row by row. */
export interface Heights {
  readonly side: number;
  readonly height: ArrayLike<number>;
}

/** Line segments of a contour by marching squares, in grid units: x0, y0, x1, y1, … */
export function contour({ side, height }: Heights, level: number): number[] {
  const lines: number[] = [];
  for (let j = 0; j + 1 < side; j++) {
    for (let i = 0; i + 1 < side; i++) {
      const corners = [
        [i, j],
        [i + 1, j],
        [i + 1, j + 1],
        [i, j + 1],
      ] as const;
      const values = corners.map(([x, y]) => (height[y * side + x] as number) - level);
      const cuts = corners.flatMap(([x, y], k) => {
        const [a, b] = [values[k] as number, values[(k + 1) % 4] as number];
        if (a < 0 === b < 0) return [];
        const [u, v] = corners[(k + 1) % 4] as readonly [number, number];
        const share = a / (a - b);
        return [x + share * (u - x), y + share * (v - y)];
      });
      // two intersections are a line; a saddle cell has four, and either pairing is within the cell's accuracy
      lines.push(...cuts);
    }
  }
  return lines;
}
