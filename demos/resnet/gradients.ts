import type { Module } from "wgrad/nn";

/** The length of one layer's weight gradient, ‖dW‖₂. */
export interface LayerGradient {
  readonly layer: string;
  readonly norm: number;
}

/** Reads the gradients the last backward pass left in the weights of convolutions and linear layers, input first. */
export async function gradientNorms(model: Module): Promise<LayerGradient[]> {
  const weights = model.namedParameters().filter(([, { shape }]) => shape.length > 1);
  return Promise.all(
    weights.map(async ([name, { grad }]) => {
      const values = grad ? await grad.read() : [];
      let sum = 0;
      for (const value of values) sum += value * value;
      return { layer: name.replace(/\.weight$/, ""), norm: Math.sqrt(sum) };
    }),
  );
}
