import { noGrad } from "../autograd/mode.ts";
import { callBack } from "../core/caller.ts";
import { ValueError } from "../core/errors.ts";
import type { Shape } from "../core/shape.ts";
import { checkedAsync } from "../core/signature.ts";
import type { AnyModule } from "../nn/module/module.ts";
import { abs } from "../ops/elementwise/elementwise.ts";
import { randomState, setRandomState } from "../ops/random/random.ts";
import { max } from "../ops/reduce/reduce.ts";
import { isTensor, tensorKind } from "../tensor/kinds.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { modelKind } from "./kinds.ts";
import { ModelSnapshot } from "./snapshot.ts";
import { Measurement, type TensorStats, tensorStats } from "./tensor_stats.ts";

/** Statistics of one parameter or of its gradient. */
export interface ParameterStats extends TensorStats {
  /** Name of the parameter in the state dict. */
  readonly name: string;
}

/** Statistics of one layer's output. */
export interface ActivationStats extends TensorStats {
  /** Path of the layer in the model. */
  readonly name: string;
  /** Class of the layer: `ReLU`. */
  readonly layer: string;
  /** Shape of the activations. */
  readonly shape: Shape;
  /** Fraction of units (C of [N, C, ...]) that are 0 for the whole batch and at every position, in 0..1. */
  readonly dead: number;
}

/**
 * Statistics of every gradient of the last backward pass, in the order of `namedParameters()`: they show whether gradients
 * vanish or explode from layer to layer. One dispatch for an optimiser's parameters, and one readback for all. Parameters
 * without a gradient are omitted; throws `ValueError` if none has one.
 */
export const gradientStats = /* @__PURE__ */ checkedAsync(
  "gradientStats",
  { model: modelKind },
  statsOfGradients,
);

async function statsOfGradients(model: AnyModule): Promise<ParameterStats[]> {
  const found = model
    .namedParameters()
    .flatMap(([name, { grad }]) => (grad ? [{ name, grad }] : []));
  if (found.length === 0) {
    throw new ValueError(
      "gradientStats: expected gradients, got none; call it after backward() and before zeroGrad()",
    );
  }
  const stats = await tensorStats(found.map(({ grad }) => grad));
  return stats.map((each, i) => ({ name: found[i]?.name ?? "", ...each }));
}

/** Statistics of every parameter, as for `gradientStats`. */
export const parameterStats = /* @__PURE__ */ checkedAsync(
  "parameterStats",
  { model: modelKind },
  async (model: AnyModule): Promise<ParameterStats[]> => {
    const named = model.namedParameters();
    const stats = await tensorStats(named.map(([, parameter]) => parameter));
    return stats.map((each, i) => ({ name: named[i]?.[0] ?? "", ...each }));
  },
);

/**
 * Runs the model on x and returns statistics of the output of each layer without sublayers, in the order of execution: they
 * show activations that vanish, explode or saturate, and dead units. The model runs in its current mode; its buffers and
 * the random state are restored, so that a training continues as without the call. One readback.
 */
export const activationStats = /* @__PURE__ */ checkedAsync(
  "activationStats",
  { model: modelKind, x: tensorKind },
  (model: AnyModule, x: Tensor): Promise<ActivationStats[]> =>
    callBack(() => statsOfActivations(model, x)),
);

async function statsOfActivations(model: AnyModule, x: Tensor): Promise<ActivationStats[]> {
  const layers: Pick<ActivationStats, "name" | "layer" | "shape">[] = [];
  const measurement = new Measurement();
  const ends: (() => void)[] = [];
  const snapshot = new ModelSnapshot(model, model.namedBuffers());
  const random = randomState();
  try {
    for (const [name, module] of model.namedModules()) {
      if (module.namedChildren().length > 0) continue;
      const layer = module.constructor.name;
      const look = (_module: AnyModule, _x: unknown, y: unknown) => {
        if (!isTensor(y) || y.dtype !== "f32") return undefined;
        layers.push({ name, layer, shape: y.shape });
        scope(() => measurement.add([y, max(abs(y), { axes: acrossUnits(y.shape) })]));
        return undefined;
      };
      ends.push(module.registerForwardHook(look));
    }
    scope(() => noGrad(() => void model.forward(x)));
  } catch (error) {
    measurement.dispose();
    throw error;
  } finally {
    for (const end of ends) end();
    snapshot.restore();
    snapshot.dispose();
    setRandomState(random);
  }
  const stats = await measurement.read();
  return layers.map((each, i) => {
    const { zeros: dead = NaN } = stats[2 * i + 1] ?? {};
    return { ...each, ...(stats[2 * i] as TensorStats), dead };
  });
}

/** All axes except that of the units. */
function acrossUnits(shape: Shape): number[] {
  return shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
}
