import { ShapeError } from "../../core/errors.ts";
import { type Shape, sameShape, show } from "../../core/shape.ts";
import { type Act, activationOf, activationOverrides } from "../elementwise/activations.ts";

/** Buffers a forward kernel may bind beside x and the weight. */
interface Buffers {
  readonly bias?: Shape | undefined;
  readonly z?: Shape | undefined;
}

/**
 * What the forward kernels do to a sum before it is stored, y = act(z) with z = sum + bias, as slots and overrides.
 * A buffer `z` is filled with z; `output` is the shape of y, [N, C, H, W]. Throws `ShapeError` unless bias has one number per output channel and z the shape of the
 * output, `ValueError` for the activation's parameter.
 */
export function epilogue(
  who: string,
  { bias, z }: Buffers,
  { act }: { readonly act?: Act | undefined },
  output: Shape,
) {
  const [, outputs = 0] = output;
  if (bias !== undefined && !sameShape(bias, [outputs])) {
    throw new ShapeError(
      `${who}: expected bias [${outputs}], one per output channel, got ${show(bias, "bias")}; ` +
        "reshape it or leave it out",
    );
  }
  if (z !== undefined && !sameShape(z, output)) {
    throw new ShapeError(
      `${who}: expected ${show(output, "z")}, the shape of the output, got ${show(z, "z")}; ` +
        "make it of that shape or leave it out",
    );
  }
  const activation = activationOf(act);
  return {
    overrides: activationOverrides(activation),
    slots: {
      epilogue: bias ? ("bias" as const) : ("none" as const),
      preactivation: z ? ("kept" as const) : ("dropped" as const),
      act: activation.act,
    },
  };
}
