import type { ImageTensorOptions } from "wgrad/data";
import { type ResNet, resNet } from "wgrad/models";

/**
 * Preparation of pictures for the built-in network: grey, 28 × 28, normalised with the mean and deviation of
 * Fashion-MNIST.
 */
export const clothesInput = {
  resize: 28,
  crop: 28,
  channels: 1,
  mean: 0.286,
  std: 0.353,
} as const satisfies ImageTensorOptions;

/** The built-in network with new weights: three residual blocks after a stem that halves the picture. */
export function clothesNetwork(numClasses = 10): ResNet {
  return resNet({ inChannels: 1, width: 16, layers: [1, 1, 1], stemStride: 2, numClasses });
}
