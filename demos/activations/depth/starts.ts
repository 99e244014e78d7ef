import { div, linear, std, type Tensor } from "wgrad";
import { init } from "wgrad/nn";
import * as words from "../../words/en/activations/depth.ts";

/** Ways to initialise weights. */
export const starts = {
  xavier: words.xavierVariance1N,
  he: words.heVariance2N,
  pytorch: words.pytorchsLayersVariance13n,
  lsuv: words.lsuvScaledByBatch,
} as const;

export type Start = keyof typeof starts;

/** Initial weights [width, width] of a layer whose input is h [batch, width]. */
export function weights(start: Start, width: number, h: Tensor): Tensor {
  const shape = [width, width];
  switch (start) {
    case "xavier":
      return init.xavierNormal(shape);
    case "he":
      return init.kaimingNormal(shape);
    case "pytorch":
      return init.kaimingUniform(shape);
    case "lsuv": {
      // Mishkin and Matas (2016): orthogonal weights, scaled so that the layer's output for a batch has variance 1
      const w = init.xavierNormal(shape);
      return div(w, std(linear(h, w)));
    }
  }
}
