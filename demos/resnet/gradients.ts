import type { Module } from "wgrad/nn";
import { gradientStats } from "wgrad/train";

/** The length of one layer's weight gradient, ‖dW‖₂. */
export interface LayerGradient {
  readonly layer: string;
  readonly norm: number;
}

/**
 * The gradients that the last backward pass left in the weights of convolutions and linear layers, input first: one
 * dispatch and one readback for all. Projections of the shortcut are left out, so that networks with and without one can
 * be laid over each other.
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
