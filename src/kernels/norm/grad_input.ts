import shader from "#shaders/norm/grad_input.wgsl";
import { type Shape, size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import {
  checkShapes,
  forEachElement,
  type Norm,
  planesOf,
  walk,
  walkGrid,
  xhatAt,
} from "./geometry.ts";
import { someStats } from "./normalize.ts";

/** Pieces of a row's sums, and how many sums there are in all. */
function layout(x: Shape, norm: Norm, affine: boolean) {
  const planes = planesOf("norm/grad_input", x, norm);
  const { pieces, units } = walk(planes, "rows", "reduce");
  const channels = affine && !planes.batch ? walk(planes, "channels", "reduce").units : 0;
  return { planes, pieces, count: units + channels };
}

/**
 * dx = rstd·(g − mean(g) − x̂·mean(g·x̂)), g = γ·dy, the means over each row from the sums of norm/grad_sums. Give γ to
 * both or to neither (batch norm: to this one). x̂ is computed again from x and stats[rows, 4]. Throws `ShapeError`.
 */
export const gradInput = kernel(
  shader,
  ({ x, dy, stats, sums, gamma }, { norm }: { norm: Norm }) => {
    const { planes, pieces, count } = layout(x, norm, gamma !== undefined);
    const expected = { dy: x, stats: [planes.rows, 4], sums: [count, 2], gamma: planes.affine };
    checkShapes("norm/grad_input", expected, { dy, stats, sums, gamma });
    const rows = walk(planes, "rows", Math.max(16, pieces));
    return {
      outputs: { dx: x },
      params: { rows: rows.params, pieces },
      grid: walkGrid(rows),
      slots: { gain: gamma ? (planes.batch ? "outside" : "inside") : "none" },
      flops: 8 * size(x),
    };
  },
);

export const reference: Reference<typeof gradInput> = ({ x, dy, stats, sums, gamma }, { norm }) => {
  const { planes, pieces } = layout(x.shape, norm, gamma !== undefined);
  const { rows, length, batch } = planes;
  const mean = (row: number, field: number) => {
    let sum = 0;
    for (let k = 0; k < pieces; k++) sum += sums.data[2 * (k * rows + row) + field] as number;
    return sum / length;
  };
  const means = Array.from({ length: rows }, (_, row) => [mean(row, 0), mean(row, 1)] as const);
  const dx = new Float64Array(x.data.length);
  forEachElement(planes, (i, row, c) => {
    const [meanG, meanGX] = means[row] as readonly [number, number];
    const rstd = stats.data[4 * row + 2] as number;
    const weight = gamma ? (gamma.data[c] as number) : 1;
    const xhat = xhatAt(x, stats, i, row);
    const g = (dy.data[i] as number) * (batch ? 1 : weight);
    dx[i] = (batch ? weight : 1) * rstd * (g - meanG - xhat * meanGX);
  });
  return { dx };
};

/** A case with the statistics and sums that go with its shape; `affine` is the shape of γ. */
function about(name: string, x: Shape, norm: Norm, affine?: Shape): Case<typeof gradInput> {
  const { planes, count } = layout(x, norm, affine !== undefined);
  const inputs = { x, dy: x, stats: someStats(planes.rows), sums: [count, 2] };
  return { name, inputs: { ...inputs, ...(affine && { gamma: affine }) }, options: { norm } };
}

export const cases: Case<typeof gradInput>[] = [
  about("one element", [1, 1], { kind: "batch" }, [1]),
  about("batch with γ", [5, 7, 5, 7], { kind: "batch" }, [7]),
  about("batch without γ", [5, 7, 5, 7], { kind: "batch" }),
  about("batch, planes of one element", [129, 67], { kind: "batch" }, [67]),
  about("batch, sums in pieces", [5, 2, 131, 31], { kind: "batch" }, [2]),
  about("instance without γ", [2, 5, 9, 9], { kind: "instance" }),
  about("instance with γ", [2, 5, 9, 9], { kind: "instance" }, [5]),
  about("group with γ", [3, 6, 5, 5], { kind: "group", groups: 2 }, [6]),
  about("layer, rows of 5", [70, 5], { kind: "layer", axes: 1 }, [5]),
  about("layer over two axes", [3, 2, 9, 100], { kind: "layer", axes: 2 }, [9, 100]),
  about("layer, one row of 20,001", [1, 20001], { kind: "layer", axes: 1 }, [20001]),
];

export const benches: Case<typeof gradInput>[] = [
  about("batch 64×64×56×56", [64, 64, 56, 56], { kind: "batch" }, [64]),
  about("batch 64×8×14×14", [64, 8, 14, 14], { kind: "batch" }, [8]),
  about("batch 64×16×7×7", [64, 16, 7, 7], { kind: "batch" }, [16]),
  about("layer 4096×768", [4096, 768], { kind: "layer", axes: 1 }, [768]),
];
