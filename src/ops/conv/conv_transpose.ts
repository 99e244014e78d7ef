import { differentiable } from "../../autograd/node.ts";
import { count, pair } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { geometry } from "../../kernels/conv2d/geometry.ts";
import { conv2dGradBias as gradBias } from "../../kernels/conv2d/grad_bias.ts";
import { type TransposedOptions, transposed } from "../../kernels/conv2d/transposed.ts";
import { binary } from "../../kernels/elementwise/binary.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { view } from "../../tensor/view.ts";
import { pad } from "../shape/shape.ts";
import { convolved } from "./conv_forward.ts";
import { addConvGradWeight, convGradInput } from "./conv_grads.ts";

/** Options of `convTranspose2d`. */
export interface ConvTranspose2dOptions extends TransposedOptions {
  /** [outC]. */
  readonly bias?: Tensor | undefined;
}

const WHO = "convTranspose2d";

/**
 * Transposed convolution of x [N, inC, H, W] with weight [inC, outC/groups, kH, kW]: every input pixel adds the weight,
 * times its value, to the output, y[n, o, iy·stride − padding + ky·dilation, …] += x[n, c, iy, ix] · weight[c, o, ky, kx].
 * It computes the input gradient of conv2d, and its own input gradient is conv2d. Throws `ShapeError` and `ValueError` as
 * `transposed` does.
 */
export const convTranspose2d = /* @__PURE__ */ checked(
  WHO,
  {
    x: tensorKind,
    weight: tensorKind,
    options: /* @__PURE__ */ options<ConvTranspose2dOptions>({
      ...{ stride: pair, padding: pair, outputPadding: pair, dilation: pair, groups: count },
      bias: tensorKind,
    }),
  },
  (x: Tensor, weight: Tensor, options: ConvTranspose2dOptions = {}): Tensor => {
    const { bias, ...rest } = options;
    const { window, output, channels, extra } = transposed(
      WHO,
      x.shape,
      weight.shape,
      bias?.shape,
      rest,
    );
    const ends = [0, 0, ...extra].map((n) => [0, n] as const);
    const spread = extra[0] + extra[1] > 0 ? pad(x, ends) : x;
    const sizes = [spread.shape[0] ?? 0, channels, ...output];
    const sums = convGradInput(
      { dy: spread, weight },
      window,
      geometry(WHO, sizes, weight.shape, window),
    );
    const y = bias ? withBias(sums, bias) : sums;
    const inputs = { x: spread, weight, bias };
    const result = differentiable(WHO, inputs, y, { x: spread, weight }, (dy, saved, grads) => {
      const layer = geometry(WHO, dy.shape, saved.weight.shape, window);
      if (grads.x) {
        const inputs = { x: dy, weight: saved.weight };
        grads.x.add(convolved(inputs, window, layer, undefined, { into: grads.x.into }));
      }
      // input and output exchange their roles
      if (grads.weight) addConvGradWeight(grads.weight, { x: dy, dy: saved.x }, window, layer);
      grads.bias?.add(run(gradBias, { dy }, {}, { dbias: grads.bias.into }).dbias);
    });
    if (spread !== x) spread.dispose(); // the operation's node keeps a handle
    return result;
  },
);

/** sums + bias per channel; frees the sums. */
function withBias(sums: Tensor, bias: Tensor): Tensor {
  using column = view(bias, [bias.size, 1, 1]);
  const { c } = run(binary, { a: sums, b: column }, { op: "add" });
  sums.dispose();
  return c;
}
