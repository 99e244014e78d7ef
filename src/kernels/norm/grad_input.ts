import shader from "#shaders/norm/grad_input.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { type Act, activationOf, activationOverrides } from "../elementwise/activations.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { channelSums } from "./channel_sums.ts";
import { affineSlot, type NormActOptions, preActivation, twinOf } from "./fused.ts";
import { checkShapes, forEachElement, type NormGrouping, planesOf, xhatAt } from "./geometry.ts";
import { someStats } from "./normalize.ts";
import { packedCases } from "./packed_cases.ts";
import { aloneIf, downChannels, loadsOf, varying, walk, walkGrid } from "./walk.ts";

const WHO = "norm/grad_input";

/** Number of pieces of a row's sums, and of all sums: with those of channels or without. */
function layout(x: Shape, norm: NormGrouping, channels: boolean, coarse = false) {
  const planes = planesOf(WHO, x, norm);
  const sums = { perLane: "sums", coarse } as const;
  const { pieces, units } = walk(planes, "rows", sums);
  const more = channels && !planes.batch ? walk(planes, "channels", sums).units : 0;
  return { planes, pieces, count: units + more };
}

/**
 * dx = rstd·(g − mean(g) − x̂·mean(g·x̂)), g = γ·dy·act′(γ·x̂ + β), the means over each row from the sums of
 * norm/grad_sums; RMS norm has no mean(g). Pass γ to both kernels or to neither (in batch norm only to this one), and β and
 * the activation as to norm/grad_sums; if a residual was added, pass dz of norm/grad_sums as dy and no activation. x̂ is
 * recomputed from x and stats[rows, 4].
 *
 * A buffer `channels`, of the shape returned by `normChannelSums`, receives (Σ dz, Σ dz·x̂) of pieces of each channel for
 * norm/grad_affine; then run norm/grad_sums with `channels: false`. Throws `ShapeError`.
 */
export const normGradInput = kernel(shader, (inputs, { norm, act, coarse }: NormActOptions) => {
  const { x, dy, stats, sums, gamma, beta, channels } = inputs;
  const more = (gamma ?? beta) !== undefined && !channels;
  const { planes, pieces, count } = layout(x, norm, more, coarse);
  const { affine } = planes;
  const expected = {
    dy: x,
    stats: [planes.rows, 4],
    sums: [count, 2],
    gamma: affine,
    beta: affine,
  };
  checkShapes(WHO, expected, { dy, stats, sums, gamma, beta });
  if (channels) checkChannels(channels, channelSums(x, norm, coarse), x);
  const perLane = Math.max(loadsOf(coarse), pieces);
  const rows = channels ? downChannels(planes, coarse) : walk(planes, "rows", { perLane, coarse });
  const activation = activationOf(act);
  const shift = activation.act === "identity" ? undefined : beta;
  return {
    outputs: { dx: x },
    params: {
      rows: rows.params,
      count: planes.rows,
      length: planes.length,
      pieces,
      centred: Number(planes.centred),
    },
    grid: walkGrid(rows),
    overrides: {
      ...activationOverrides(activation),
      ...varying(planes, channels !== undefined),
      ...(channels && aloneIf(rows)),
    },
    slots: {
      pack: rows.pack,
      affine: affineSlot(gamma, shift),
      columns: channels ? "kept" : "dropped",
      act: activation.act,
    },
    flops: (channels ? 11 : 8) * size(x),
  };
});

function checkChannels(given: Shape, expected: Shape | undefined, x: Shape): void {
  if (!expected) {
    throw new ShapeError(
      `${WHO}: expected a layer or RMS norm with unsplit rows for sums of channels in the same pass, got ` +
        `${show(x, "x")}; leave 'channels' out and take the sums of norm/grad_sums`,
    );
  }
  checkShapes(WHO, { channels: expected }, { channels: given });
}

export const reference: Reference<typeof normGradInput> = (inputs, { norm, act, coarse }) => {
  const { x, dy, stats, sums, gamma } = inputs;
  const { grad } = twinOf(act);
  const { planes, pieces } = layout(x.shape, norm, false, coarse);
  const down = downChannels(planes, coarse);
  const channels = new Float64Array(2 * down.units);
  const seen = new Uint32Array(planes.channels);
  const { rows, length, batch, centred } = planes;
  const mean = (row: number, field: number) => {
    let sum = 0;
    for (let k = 0; k < pieces; k++) sum += sums.data[2 * (k * rows + row) + field] as number;
    return sum / length;
  };
  const means = Array.from(
    { length: rows },
    (_, row) => [centred ? mean(row, 0) : 0, mean(row, 1)] as const,
  );
  const dx = new Float64Array(x.data.length);
  forEachElement(planes, (i, row, c) => {
    const [meanG, meanGX] = means[row] as readonly [number, number];
    const rstd = stats.data[4 * row + 2] as number;
    const weight = gamma ? (gamma.data[c] as number) : 1;
    const xhat = xhatAt(x, stats, i, row);
    const dz = (dy.data[i] as number) * grad(preActivation(inputs, i, row, c));
    const g = dz * (batch ? 1 : weight);
    dx[i] = (batch ? weight : 1) * rstd * (g - meanG - xhat * meanGX);
    if (!inputs.channels) return;
    const at = 2 * (Math.floor((seen[c] as number)++ / down.piece) * down.count + c);
    channels[at] = (channels[at] as number) + dz;
    channels[at + 1] = (channels[at + 1] as number) + dz * xhat;
  });
  return { dx, ...(inputs.channels && { channels }) };
};

/** A case with statistics and sums that fit its shape; `affine` is the shape of γ, and of β before an activation. */
function about(
  name: string,
  x: Shape,
  norm: NormGrouping,
  affine?: Shape,
  act?: Act,
  coarse = false,
): Case<typeof normGradInput> {
  const { planes, count } = layout(x, norm, affine !== undefined, coarse);
  const inputs = { x, dy: x, stats: someStats(planes.rows), sums: [count, 2] };
  const given = { ...(affine && { gamma: affine }), ...(affine && act && { beta: affine }) };
  return { name, inputs: { ...inputs, ...given }, options: { norm, act, coarse } };
}

/** The same case with the sums of channels. */
function summing(...of: Parameters<typeof about>): Case<typeof normGradInput> {
  const [name, x, norm, , , coarse] = of;
  const { inputs, options } = about(...of);
  const sums = [layout(x, norm, false, coarse).count, 2];
  const channels = channelSums(x, norm, coarse) ?? [];
  const length = x[0] ?? 1; // the axes of the samples come first
  return {
    name: `channels: ${name}`,
    inputs: { ...inputs, sums, channels },
    options,
    tolerance: { length },
  };
}

const LAYER = { kind: "layer", axes: 1 } as const;
const GROUP = { kind: "group", groups: 2 } as const;

export const cases: Case<typeof normGradInput>[] = [
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
  {
    ...about("safety: a NaN stays where it is, one in the sums spoils its row", [3, 5], {
      kind: "layer",
      axes: 1,
    }),
    inputs: {
      x: { shape: [3, 5], fill: (i, random) => (i === 2 ? NaN : random()) },
      dy: { shape: [3, 5], fill: (i, random) => (i === 6 ? NaN : random()) },
      stats: someStats(3),
      sums: { shape: [3, 2], fill: (i, random) => (i === 4 ? NaN : random()) },
    },
  },
  about("rms with γ", [9, 77], { kind: "rms", axes: 1 }, [77]),
  about("rms, one row of 20,001", [1, 20001], { kind: "rms", axes: 1 }),
  about("batch, relu", [5, 7, 5, 7], { kind: "batch" }, [7], "relu"),
  about("group, silu", [3, 6, 5, 5], { kind: "group", groups: 2 }, [6], "silu"),
  about("instance, leaky_relu of slope −2, no γ", [2, 5, 9, 9], { kind: "instance" }, undefined, {
    act: "leaky_relu",
    slope: -2,
  }),
  {
    name: "group, β alone, silu",
    inputs: {
      ...{ x: [3, 6, 5, 5], dy: [3, 6, 5, 5], stats: someStats(6), beta: [6] },
      sums: [layout([3, 6, 5, 5], GROUP, true).count, 2],
    },
    options: { norm: GROUP, act: "silu" },
  },
  summing("one element", [1, 1], LAYER, [1]),
  summing("rows of 5", [70, 5], LAYER, [5]),
  summing("rows of 12, silu", [21, 12], LAYER, [12], "silu"),
  summing("rows of 12 in pieces", [300, 12], LAYER, [12]),
  summing("rows of 260, no γ", [9, 260], LAYER),
  summing("two axes, silu", [40, 2, 4], { kind: "layer", axes: 2 }, [2, 4], "silu"),
  summing("rms", [9, 77], { kind: "rms", axes: 1 }, [77]),
  summing("groups of planes of one element", [19, 12], { kind: "group", groups: 3 }, [12]),
  summing("coarse, rows of 12", [300, 12], LAYER, [12], undefined, true),
  summing("coarse, rows of 77, silu", [130, 77], LAYER, [77], "silu", true),
  ...packedCases.map(({ name, x, norm, coarse, affine }, i) =>
    about(name, x, norm, i % 5 === 4 ? undefined : affine, i % 2 ? "silu" : undefined, coarse),
  ),
];

export const halfCases = inHalf(cases, { storage: "f16" });

export const benches: Case<typeof normGradInput>[] = [
  about("batch 64×64×56×56", [64, 64, 56, 56], { kind: "batch" }, [64]),
  about("batch 64×8×14×14", [64, 8, 14, 14], { kind: "batch" }, [8]),
  about("batch 64×16×7×7", [64, 16, 7, 7], { kind: "batch" }, [16]),
  about("layer 4096×768", [4096, 768], { kind: "layer", axes: 1 }, [768]),
];

export { kinds } from "./normalize.ts";
