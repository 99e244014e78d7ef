import type { Module } from "wgrad/nn";
import { gradientStats } from "wgrad/train";

/** The length of one layer's weight gradient, ‖dW‖₂. */
export interface LayerGradient {
  readonly layer: string;
  readonly norm: number;
}

/**
 * The gradients of the last backward pass in the weights of convolutions and linear layers, from the input on: one
 * dispatch and one readback for all. Projection shortcuts are left out, so that networks with and without them have
 * comparable lists.
 */
export async function gradientNorms(model: Module): Promise<LayerGradient[]> {
  const weights = new Map(model.namedParameters());
  const stats = await gradientStats(model);
  return stats
    .filter(
      ({ name }) => (weights.get(name)?.shape.length ?? 0) > 1 && !name.includes("downsample"),
    )
    .map(({ name, norm }) => ({ layer: name.replace(/\.weight$/, ""), norm }));
}
