import type { Module } from "wgrad/nn";

/** The length of one layer's weight gradient, ‖dW‖₂. */
export interface LayerGradient {
  readonly layer: string;
  readonly norm: number;
}

/**
 * Reads the gradients the last backward pass left in the weights of convolutions and linear layers, input first.
 * Projections of the shortcut are left out, so that networks with and without one can be laid over each other.
 */
export async function gradientNorms(model: Module): Promise<LayerGradient[]> {
  const weights = model
    .namedParameters()
    .filter(([name, { shape }]) => shape.length > 1 && !name.includes("downsample"));
  return Promise.all(
    weights.map(async ([name, { grad }]) => {
      const values = grad ? await grad.read() : [];
      let sum = 0;
      for (const value of values) sum += value * value;
      return { layer: name.replace(/\.weight$/, ""), norm: Math.sqrt(sum) };
    }),
  );
}
