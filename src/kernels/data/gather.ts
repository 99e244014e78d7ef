import { ShapeError } from "../../core/errors.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { grid1d, type HostTensor, type InputSpec, type Tolerance } from "../kernel.ts";

/** The plan of a gather of whole rows of any dtype. Throws `ShapeError`. */
export function gatherPlan(
  who: string,
  { x, index }: { readonly x: Shape; readonly index: Shape },
) {
  const [rows, ...row] = x;
  const [n] = index;
  if (rows === undefined || n === undefined || index.length !== 1) {
    throw new ShapeError(
      `${who}: expected x[rows, ...] and index[n], got ${show(x, "x")} and ${show(index, "index")}; flatten the index`,
    );
  }
  const count = n * size(row);
  return {
    outputs: { y: [n, ...row] },
    params: { count, rows, width: size(row) },
    grid: grid1d(Math.ceil(count / 64)),
    flops: 0,
    bytes: 8 * count + 4 * n,
  };
}

interface GatherInputs {
  readonly x: HostTensor;
  readonly index: HostTensor;
}

/** y[i, ...] = x[index[i], ...]; `missing` if the index is out of range. */
export function gatherReference({ x, index }: GatherInputs, missing: number) {
  const width = size(x.shape.slice(1));
  const rows = x.shape[0] ?? 0;
  const y = new Float64Array(index.data.length * width).fill(missing);
  for (let i = 0; i < index.data.length; i++) {
    const row = index.data[i] as number;
    for (let j = 0; j < width && row < rows; j++) {
      y[i * width + j] = x.data[row * width + j] as number;
    }
  }
  return { y };
}

interface GatherCase {
  readonly name: string;
  readonly inputs: { readonly x: InputSpec; readonly index: InputSpec };
  readonly options: Record<never, never>;
  readonly tolerance?: Tolerance | "exact";
}

/** `n` indices below `rows`, in a scattered order. */
export const picks = (n: number, rows: number) => ({
  shape: [n],
  fill: (i: number) => (i * 7 + 3) % rows,
});
const x = (...shape: number[]) => ({ shape, fill: (i: number) => i * 3 + 1 });

export const gatherCases: readonly GatherCase[] = [
  { name: "one of one", inputs: { x: x(1), index: picks(1, 1) }, options: {}, tolerance: "exact" },
  { name: "scalars", inputs: { x: x(50), index: picks(67, 50) }, options: {}, tolerance: "exact" },
  {
    name: "odd rows",
    inputs: { x: x(11, 13), index: picks(9, 11) },
    options: {},
    tolerance: "exact",
  },
  {
    name: "images",
    inputs: { x: x(6, 3, 4, 5), index: picks(5, 6) },
    options: {},
    tolerance: "exact",
  },
  {
    name: "an index out of range",
    inputs: { x: x(4, 3), index: { shape: [3], fill: (i) => [3, 4, 0xffffffff][i] as number } },
    options: {},
    tolerance: "exact",
  },
  { name: "no rows wanted", inputs: { x: x(4, 3), index: [0] }, options: {} },
];
