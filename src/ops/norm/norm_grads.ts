import type { GradSlots } from "../../autograd/node.ts";
import type { Shape } from "../../core/shape.ts";
import type { ActivationOptions } from "../../kernels/elementwise/activations.ts";
import { channelSums } from "../../kernels/norm/channel_sums.ts";
import type { NormGrouping } from "../../kernels/norm/geometry.ts";
import { normGradAffine as gradAffine } from "../../kernels/norm/grad_affine.ts";
import { normGradInput as gradInput } from "../../kernels/norm/grad_input.ts";
import { normGradSums as gradSums } from "../../kernels/norm/grad_sums.ts";
import { normalize } from "../../kernels/norm/normalize.ts";
import { empty } from "../../tensor/create.ts";
import { onAdapter, run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Tensors that the backward of a norm reads. */
type KeptTensors = Readonly<{ x: Tensor; stats: Tensor } & NormInputs & { slope?: Tensor }>;
type NormInputs = { gamma?: Tensor; beta?: Tensor; residual?: Tensor };

/**
 * Three dispatches at most: sums over the rows, dx, dγ and dβ; the sums of the channels come with those of the rows or, in
 * layer norm, with dx. The first two recompute z = γ·x̂ + β; with a residual, the first writes dz = dy·act′(z), which is
 * the residual's gradient, and the second reads it. `slope`: see `normalizeRows`.
 */
export function normBackward(
  dy: Tensor,
  { slope, residual, ...kept }: KeptTensors,
  grads: GradSlots<{ x: Tensor } & NormInputs>,
  { norm, act }: { norm: NormGrouping; act: ActivationOptions },
): void {
  const { x, gamma } = kept;
  const on = onAdapter(x);
  const hasActivation = act.act !== "identity";
  const dz =
    hasActivation && (residual || slope)
      ? empty(x.shape, { engine: x.engine, dtype: x.dtype })
      : undefined;
  const affine = grads.gamma ?? grads.beta;
  const needed = dz || affine || (grads.x && !slope);
  const onTheWay = affine && grads.x && !slope ? channelSums(x.shape, norm, on.coarse) : undefined;
  const channels = onTheWay && empty(onTheWay, { engine: x.engine });
  const each = { norm, act, channels: !channels, ...on };
  const sums = needed && run(gradSums, { ...kept, residual, dy, dz }, each).sums;
  const upstream = dz ?? dy;
  if (grads.x && slope) {
    const line = { x: upstream, stats: slope, gamma }; // y = γ·(x − mean)·rstd + β is linear in x: dx = γ·rstd·dz
    grads.x.add(run(normalize, line, { norm, ...on }, { y: grads.x.into }).y);
  } else if (grads.x && sums) {
    const rest = dz ? { norm, ...on } : { norm, act, ...on };
    const { dx } = run(gradInput, { ...kept, dy: upstream, sums, channels }, rest, { dx: grads.x.into }); // biome-ignore format: one call
    grads.x.add(dx);
  }
  if (channels) addAffine(channels, norm, x.shape, grads, true);
  else if (sums) addAffine(sums, norm, x.shape, grads);
  channels?.dispose();
  if (sums) sums.dispose();
  if (grads.residual) grads.residual.add(dz ?? dy.detach());
  else dz?.dispose();
}

/** Adds dγ and dβ from the sums, as far as they are wanted. */
function addAffine(
  sums: Tensor,
  norm: NormGrouping,
  shape: Shape,
  { gamma, beta }: GradSlots<{ gamma: Tensor; beta: Tensor }>,
  ofInput = false,
): void {
  if (!gamma && !beta) return;
  const into = { dgamma: gamma?.into, dbeta: beta?.into };
  const { dgamma, dbeta } = run(
    gradAffine,
    { sums },
    { norm, shape, ofInput, ...onAdapter(sums) },
    into,
  );
  if (gamma) gamma.add(dgamma);
  else dgamma.dispose();
  if (beta) beta.add(dbeta);
  else dbeta.dispose();
}
