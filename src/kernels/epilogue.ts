import { ShapeError, ValueError } from "../core/errors.ts";
import { type Shape, sameShape, show } from "../core/shape.ts";
import {
  type Act,
  activationOf,
  activationOverrides,
  activations,
} from "./elementwise/activations.ts";
import type { HostTensor } from "./kernel.ts";

/** Buffers of an epilogue: y = act(z), z = sum + bias or scale · sum + shift. */
export interface EpilogueBuffers<T = Shape> {
  /** One number per channel: [channels]. */
  readonly bias?: T | undefined;
  /** Scale and shift of each channel, instead of a bias: [channels, 2]. */
  readonly affine?: T | undefined;
  /** Receives z; of the output's shape. */
  readonly z?: T | undefined;
  /** Added to z before the activation, if z is not stored; of the output's shape. */
  readonly residual?: T | undefined;
}

/**
 * The slots and overrides of an epilogue, for an output of `channels` channels. Messages call a channel `each`. Throws
 * `ShapeError` for buffers that do not fit, `ValueError` for buffers that exclude each other and for invalid parameters of
 * the activation.
 */
export function epilogue(
  who: string,
  { bias, affine, z, residual }: EpilogueBuffers,
  { act }: { readonly act?: Act | undefined },
  output: Shape,
  channels: number,
  each = "one per output channel",
) {
  const check = (name: string, got: Shape, wanted: Shape, expected: string): void => {
    if (sameShape(got, wanted)) return;
    throw new ShapeError(
      `${who}: expected ${expected}, got ${show(got, name)}; reshape it or leave it out`,
    );
  };
  if ((bias && affine) || (z && residual)) {
    const [one, other] = bias && affine ? ["bias", "affine"] : ["z", "residual"];
    throw new ValueError(
      `${who}: expected ${one} or ${other}, got both; ${bias && affine ? "add the bias to the shift" : "add the residual afterwards"}`,
    );
  }
  if (bias) check("bias", bias, [channels], `bias [${channels}], ${each}`);
  if (affine) check("affine", affine, [channels, 2], `affine [${channels}, 2], ${each}`);
  for (const [name, given] of Object.entries({ z, residual })) {
    if (given) check(name, given, output, `${show(output, name)}, the shape of the output`);
  }
  const activation = activationOf(act);
  return {
    overrides: activationOverrides(activation),
    slots: {
      epilogue: bias ? ("bias" as const) : affine ? ("affine" as const) : ("none" as const),
      preactivation: z ? ("kept" as const) : residual ? ("added" as const) : ("dropped" as const),
      act: activation.act,
    },
  };
}

/** The epilogue in float64: y from sums, where element i belongs to channel `channelOf(i)`. */
export function epilogueReference(
  sums: Float64Array,
  { bias, affine, z, residual }: EpilogueBuffers<HostTensor>,
  channelOf: (i: number) => number,
  options: { readonly act?: Act | undefined },
): { y: Float64Array; z?: Float64Array } {
  const at = (tensor: HostTensor | undefined, i: number) => (tensor?.data[i] as number) ?? 0;
  const before = sums.map((sum, i) => {
    const channel = channelOf(i);
    const scaled = affine ? sum * at(affine, 2 * channel) + at(affine, 2 * channel + 1) : sum;
    return scaled + at(bias, channel) + at(residual, i);
  });
  const { act, ...parameters } = activationOf(options.act);
  const y = before.map((value) => activations[act].value(value, parameters));
  return { y, ...(z && { z: before }) };
}
