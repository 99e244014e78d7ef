import { callAs } from "../../core/caller.ts";
import { ValueError } from "../../core/errors.ts";
import { anything, type Kind, optional } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { type CallSignature, checkArguments, signature } from "../../core/signature.ts";
import { augmentBlur as blur } from "../../kernels/augment/blur.ts";
import { augmentColour as colour } from "../../kernels/augment/colour.ts";
import { augmentGeometry as geometry } from "../../kernels/augment/geometry.ts";
import { imagesOf } from "../../kernels/augment/images.ts";
import { augmentMix as mix } from "../../kernels/augment/mix.ts";
import { augmentOperation as operation } from "../../kernels/augment/operation.ts";
import { augmentTone as tone } from "../../kernels/augment/tone.ts";
import { interpolate } from "../../ops/image/interpolate.ts";
import { oneHot } from "../../ops/index/embedding.ts";
import { drawn } from "../../ops/random/random.ts";
import { isTensor } from "../../tensor/kinds.ts";
import { onAdapter, run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { view } from "../../tensor/view.ts";
import { checkFollowing, type Draw, type Following, followed } from "./follow.ts";
import { withOperations } from "./one_operation.ts";
import type { MixPart, TransformPart } from "./part.ts";
import { type ImagePass, Planner } from "./plan.ts";

/** Images x [N, C, H, W] and their labels y, as from `ImageDataset` and `TensorDataset`. */
export interface LabelledImages {
  /** Images [N, C, H, W] in f32. */
  readonly x: Tensor;
  /** Labels [N], or probabilities [N, classes]; only transforms that mix images change them. */
  readonly y: Tensor;
  /** Masks [N, K, H, W] of the images: transformed like the images, by copying values. */
  readonly masks?: Tensor;
  /**
   * Boxes [N, K, 4] as x₁, y₁, x₂, y₂ in cells: become axis-aligned boxes around their transformed corners, clipped at the
   * edge.
   */
  readonly boxes?: Tensor;
}

/** A transformed batch, with masks and boxes if they were given. */
export type Augmented<Batch extends LabelledImages> = { x: Tensor; y: Tensor } & {
  [Name in Extract<keyof Batch, "masks" | "boxes">]: Batch[Name];
};

const inputKind: Kind = {
  expected: "images [N, C, H, W] or { x, y }",
  advice: "pass a tensor of images, or a batch of a data set, with masks and boxes as tensors",
  accepts: (value) => isTensor(value) || isBatch(value),
  check: (value, who) => {
    const { masks, boxes }: Partial<LabelledImages> = isBatch(value) ? value : {};
    const all = isBatch(value) ? [value.x, value.y, masks, boxes] : [value as Tensor];
    for (const each of all) each?.checkUsable(who);
  },
};

function isBatch(value: unknown): value is LabelledImages {
  if (typeof value !== "object" || value === null || isTensor(value)) return false;
  const { x, y, masks, boxes }: Partial<Record<string, unknown>> = { ...value };
  const following = [masks, boxes].every((each) => each === undefined || isTensor(each));
  return isTensor(x) && isTensor(y) && following;
}

/** Transforms images on the GPU, each with its own random numbers. Base of all transforms in wgrad/data/transforms. */
export abstract class Transform {
  static readonly signature: CallSignature = /* @__PURE__ */ signature("Transform", {});

  /** Steps of the transform, in order; see `Compose`. */
  readonly parts: readonly TransformPart[];
  readonly #forward: CallSignature;

  constructor(name: string, parts: readonly TransformPart[]) {
    this.parts = parts;
    this.#forward = signature(`${name}.forward`, { images: inputKind, place: optional(anything) });
  }

  /**
   * Returns transformed images x [N, C, H, W] (f32), or a transformed batch { x, y }. Random numbers are the same on every
   * device for the same `manualSeed` and position in the program, and different in every call and in every replay of a
   * captured step. x and y are not changed, and there is no gradient. Masks and boxes of a batch follow the images'
   * geometry. A `DataLoader` takes a transform as its option `transform`; its argument `place` is ignored. Throws
   * `ShapeError` and `ValueError`.
   */
  forward(x: Tensor, place?: unknown): Tensor;
  forward<Batch extends LabelledImages>(batch: Batch, place?: unknown): Augmented<Batch>;
  forward(batch: LabelledImages, place?: unknown): LabelledImages; // the overload that DataLoader's types are inferred from
  forward(input: Tensor | LabelledImages): Tensor | LabelledImages {
    checkArguments(this.#forward, arguments);
    return callAs(this.#forward.name, () => {
      if (isTensor(input)) return augmented(this.parts, input, undefined, {}).x;
      const { masks, boxes } = input;
      const { y, ...rest } = augmented(this.parts, input.x, input.y, { masks, boxes });
      const given = Object.entries(rest).filter(([, each]) => each !== undefined);
      return { y: y as Tensor, ...Object.fromEntries(given) } as LabelledImages;
    });
  }
}

/** Runs the passes over a batch; intermediate tensors are freed. All passes share one random stream. */
function augmented(
  parts: readonly TransformPart[],
  x: Tensor,
  y: Tensor | undefined,
  along: Following,
) {
  const { n, h, w } = imagesOf("transform", x.shape);
  checkFollowing(along, n, [h, w]);
  const planner = new Planner([h, w]);
  for (const part of parts) planner.add(part);
  const draws = drawn({});
  const draw: Draw = (options) => () => ({ ...options, ...draws() });
  return scope(() => {
    let [images, labels, following] = [x, y, along];
    for (const pass of withOperations(planner.passes)) {
      const [, , height = 1, width = 1] = images.shape;
      following = followed(pass, following, [height, width], draw);
      if (pass.kind === "mix") {
        ({ x: images, y: labels } = mixed(pass.part, images, labels, n, draw));
      } else images = passed(pass, images, draw);
    }
    return { x: images, y: labels, ...following };
  });
}

function passed(pass: Exclude<ImagePass, { kind: "mix" }>, x: Tensor, draw: Draw): Tensor {
  const on = onAdapter(x);
  if (pass.kind === "geometry") return run(geometry, { x }, draw({ ...pass.options, ...on })).y;
  if (pass.kind === "colour") return run(colour, { x }, draw({ ...pass.options, ...on })).y;
  if (pass.kind === "tone") return run(tone, { x }, draw({ ...pass.options, ...on })).y;
  if (pass.kind === "operation") return run(operation, { x }, draw({ ...pass.options, ...on })).y;
  if (pass.kind === "blur") {
    const along = (axis: "rows" | "columns", of: Tensor) =>
      run(blur, { x: of }, draw({ ...pass.options, ...on, axis })).y;
    return along("columns", along("rows", x));
  }
  return interpolate(x.detach(), { size: pass.size, mode: pass.mode, antialias: true });
}

/** Mixes images and labels in the same way; labels become rows of probabilities [N, classes]. */
function mixed(part: MixPart, x: Tensor, y: Tensor | undefined, n: number, draw: Draw) {
  const [, , h = 1, w = 1] = x.shape;
  const { alpha, cut, p, numClasses } = part;
  const how = { alpha, cut, p, size: [h, w] as const };
  if (!y) {
    throw new ValueError(
      "mix: expected a batch { x, y }, got images alone; labels are mixed with them",
    );
  }
  const rows = y.shape.length === 2 && y.dtype === "f32" ? y : oneHotOf(y, numClasses);
  const [count = 0, classes = 0] = rows.shape;
  if (count !== n) {
    throw new ValueError(
      `mix: expected a label for each of ${n} images, got ${show(y.shape, "y")}; pass the labels of these images`,
    );
  }
  const table = view(rows.detach(), [count, classes, 1, 1]);
  const labels = run(mix, { x: table }, draw({ ...how, labels: true })).y;
  return { x: run(mix, { x }, draw(how)).y, y: view(labels, [count, classes]) };
}

function oneHotOf(y: Tensor, numClasses: number | undefined): Tensor {
  if (numClasses !== undefined && y.shape.length === 1) return oneHot(y, numClasses);
  throw new ValueError(
    `mix: expected labels [N] and numClasses, or probabilities [N, classes] in f32, got ${show(y.shape, "y")} in ` +
      `${y.dtype}; give { numClasses }`,
  );
}
