import shader from "#shaders/elementwise/activate_grad_bias.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, number, required } from "../../core/kinds.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { aloneIf, walk, walkGrid } from "../norm/walk.ts";
import { activationNumbers, slot } from "../option_kinds.ts";
import { type ActivationOptions, activationOverrides, activations } from "./activations.ts";

/** An activation, and the axis of the bias before it: 1 after a convolution, −1 after a matrix product. */
type Options = ActivationOptions & Coarse & { readonly axis: 1 | -1 };

/** z as [outer, channels, inner], with its channels split into pieces. */
function layout(z: Shape, { axis, coarse }: Pick<Options, "axis" | "coarse">) {
  const at = axis === -1 ? z.length - 1 : axis;
  const channels = z[at] ?? 0;
  const [outer, inner] = [size(z.slice(0, at)), size(z.slice(at + 1))];
  const length = outer * inner;
  const rows = { rows: outer, share: channels, batch: false, centred: true, affine: [channels] };
  const planes = { outer, channels, inner, length, ...rows };
  return { channels, inner, ...walk(planes, "channels", { perLane: "sums", coarse }) };
}

/**
 * Backward of y = act(z) with z = … + b in one pass over memory: dz = dy·act′(z), of z's shape, and partials[pieces, C],
 * whose sum over the pieces is db = Σ dz over all axes but the channels'. Throws `ShapeError` for dy of another shape, an
 * axis that z does not have, or no elements.
 */
export const activateGradBias = kernel(shader, ({ dy, z }, { axis, coarse, ...act }: Options) => {
  if (!sameShape(dy, z) || z.length <= Math.max(axis, 0) || size(z) === 0) {
    throw new ShapeError(
      `activateGradBias: expected dy and z of one shape with elements and an axis ${axis}, got ${show(dy, "dy")} and ` +
        `${show(z, "z")}; pass the gradient of act(z), skip empty batches`,
    );
  }
  const channels = layout(z, { axis, coarse });
  return {
    outputs: { dz: z, partials: [channels.pieces, channels.count] },
    params: { rows: channels.params },
    grid: walkGrid(channels),
    overrides: { ...activationOverrides(act), ...aloneIf(channels) },
    slots: { pack: channels.pack, act: act.act },
    flops: 3 * size(z),
  };
});

export const kinds = () => ({
  act: required(slot(activateGradBias, "act")),
  ...activationNumbers,
  coarse: boolean,
  axis: required(number),
});

export const reference: Reference<typeof activateGradBias> = (
  { dy, z },
  { axis, coarse, ...act },
) => {
  const { channels, inner, piece, pieces } = layout(z.shape, { axis, coarse });
  const dz = new Float64Array(z.data.length);
  const partials = new Float64Array(pieces * channels);
  const seen = new Uint32Array(channels);
  for (let i = 0; i < dz.length; i++) {
    const c = Math.floor(i / inner) % channels;
    const at = Math.floor((seen[c] as number) / piece) * channels + c;
    const value = (dy.data[i] as number) * activations[act.act].grad(z.data[i] as number, act);
    dz[i] = value;
    partials[at] = (partials[at] as number) + value;
    seen[c] = (seen[c] as number) + 1;
  }
  return { dz, partials };
};

/** A case with a tolerance for sums of as many terms as its shape implies. */
function about(name: string, z: Shape, options: Options): Case<typeof activateGradBias> {
  const { count } = layout(z, options);
  return { name, inputs: { dy: z, z }, options, tolerance: { length: size(z) / count } };
}

export const cases: Case<typeof activateGradBias>[] = [
  about("one element", [1, 1], { act: "relu", axis: 1 }),
  about("channels of images", [5, 7, 5, 7], { act: "relu", axis: 1 }),
  about("channels of images, pieces", [5, 2, 131, 31], { act: "silu", axis: 1 }),
  about("many images of one pixel", [2100, 5, 1, 1], { act: "relu", axis: 1 }),
  about("columns of a matrix", [37, 67], { act: "gelu", axis: -1 }),
  about("columns of a batch of matrices", [2, 19, 65], { act: "relu", axis: -1 }),
  about("a column", [300, 1], { act: "relu", axis: -1 }),
  about("leaky_relu of slope −2", [3, 65], { act: "leaky_relu", slope: -2, axis: -1 }),
  about("packs along planes", [5, 7, 2, 6], { act: "silu", axis: 1 }),
  about("packs of four columns", [37, 68], { act: "gelu", axis: -1 }),
  ...[
    about("packs along planes", [5, 7, 2, 6], { act: "silu", axis: 1, coarse: true }),
    about("packs of four columns", [137, 68], { act: "gelu", axis: -1, coarse: true }),
    about("a column", [300, 1], { act: "relu", axis: -1, coarse: true }),
  ].map((each) => ({ ...each, name: `coarse: ${each.name}` })),
  {
    name: "safety: ±1e4 through mish; a NaN spoils its place and its channel's sum",
    inputs: {
      dy: [4, 3],
      z: { shape: [4, 3], fill: (i) => [1e4, -1e4, i === 5 ? NaN : 0.5][i % 3] as number },
    },
    options: { act: "mish", axis: 1 },
    tolerance: { length: 4 },
  },
];

export const halfCases = inHalf(cases, { storage: "f16" });

export const benches: Case<typeof activateGradBias>[] = [
  about("relu, 64×64×56×56", [64, 64, 56, 56], { act: "relu", axis: 1 }),
  about("relu, 64×16×7×7", [64, 16, 7, 7], { act: "relu", axis: 1 }),
  about("gelu, 4096×768", [4096, 768], { act: "gelu", axis: -1 }),
];
