import shader from "#shaders/norm/grad_affine.wgsl";
import { boolean, required } from "../../core/kinds.ts";
import type { Shape } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { norm, sizes } from "../option_kinds.ts";
import { checkShapes, type NormGrouping, planesOf } from "./geometry.ts";
import { downChannels, walk } from "./walk.ts";

/** The norm and the shape of the x it was applied to. */
interface Options extends Coarse {
  readonly norm: NormGrouping;
  readonly shape: Shape;
  /** Whether the sums are those of norm/grad_input, in `channels`. Default false: those of norm/grad_sums. */
  readonly ofInput?: boolean | undefined;
}

/** Which of the sums belong to channels. */
function layout({ norm, shape, coarse, ofInput }: Options) {
  const planes = planesOf("norm/grad_affine", shape, norm);
  if (ofInput) return { planes, channels: downChannels(planes, coarse), first: 0 };
  const sums = { perLane: "sums", coarse } as const;
  const channels = walk(planes, "channels", sums);
  const first = planes.batch ? 0 : walk(planes, "rows", sums).units;
  return { planes, channels, first };
}

/**
 * dβ = Σ dy and dγ = Σ dy·x̂, with the shape of γ, from the sums of norm/grad_sums (run with γ unless batch norm) or of
 * norm/grad_input.
 * `shape` is that of x. Throws `ShapeError`.
 */
export const normGradAffine = kernel(shader, ({ sums }, options: Options) => {
  const { planes, channels, first } = layout(options);
  checkShapes("norm/grad_affine", { sums: [first + channels.units, 2] }, { sums });
  return {
    outputs: { dgamma: planes.affine, dbeta: planes.affine },
    params: { channels: planes.channels, pieces: channels.pieces, first },
    grid: grid1d(Math.ceil(planes.channels / 64)),
    flops: 2 * channels.units,
  };
});

export const kinds = () => ({
  norm: required(norm),
  shape: required(sizes),
  ofInput: boolean,
  coarse: boolean,
});

export const reference: Reference<typeof normGradAffine> = ({ sums }, options) => {
  const { planes, channels, first } = layout(options);
  const dgamma = new Float64Array(planes.channels);
  const dbeta = new Float64Array(planes.channels);
  for (let unit = 0; unit < channels.units; unit++) {
    const c = unit % planes.channels;
    dbeta[c] = (dbeta[c] as number) + (sums.data[2 * (first + unit)] as number);
    dgamma[c] = (dgamma[c] as number) + (sums.data[2 * (first + unit) + 1] as number);
  }
  return { dgamma, dbeta };
};

/** A case whose sums have the length that its options require. */
function about(name: string, options: Options): Case<typeof normGradAffine> {
  const { channels, first } = layout(options);
  const inputs = { sums: [first + channels.units, 2] };
  return { name, inputs, options, tolerance: { length: channels.pieces } };
}

export const cases: Case<typeof normGradAffine>[] = [
  about("batch, one piece", { norm: { kind: "batch" }, shape: [2, 65, 3, 3] }),
  about("batch, pieces", { norm: { kind: "batch" }, shape: [64, 2, 40, 40] }),
  about("group, rows first", { norm: { kind: "group", groups: 2 }, shape: [3, 6, 5, 5] }),
  about("layer, four channels a pack", { norm: { kind: "layer", axes: 1 }, shape: [5000, 8] }),
  about("coarse: layer", {
    ...{ norm: { kind: "layer", axes: 1 }, shape: [5000, 8], coarse: true },
  }),
  about("layer, summed on the way to dx", {
    ...{ norm: { kind: "layer", axes: 1 }, shape: [5000, 8], ofInput: true },
  }),
  about("coarse: rms, summed on the way to dx", {
    ...{ norm: { kind: "rms", axes: 1 }, shape: [700, 6], coarse: true, ofInput: true },
  }),
  about("layer, long columns", { norm: { kind: "layer", axes: 1 }, shape: [9000, 3] }),
];
