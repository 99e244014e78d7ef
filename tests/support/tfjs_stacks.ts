import { layers } from "@tensorflow/tfjs-layers";

const image = [9, 8, 3];
type Stack = () => layers.Layer[];

/** Layers to try on an image, or on the shape given. */
// biome-ignore format: a line a layer
export const stacks: Readonly<Record<string, readonly [shape: readonly number[], stack: Stack]>> = {
  "a convolution, same with a stride, relu": [image, () => [layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: "same", activation: "relu" })]],
  "a convolution, valid, without bias, dilated": [image, () => [layers.conv2d({ filters: 4, kernelSize: [2, 3], dilationRate: 2, useBias: false })]],
  "a depthwise convolution, same with a stride": [image, () => [layers.depthwiseConv2d({ kernelSize: 3, strides: 2, padding: "same", depthMultiplier: 2, activation: "relu6" })]],
  "a separable convolution": [image, () => [layers.separableConv2d({ filters: 5, kernelSize: 3, padding: "same", depthMultiplier: 2, activation: "tanh" })]],
  "a transposed convolution, same": [image, () => [layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: "same", activation: "elu" })]],
  "a transposed convolution, valid": [image, () => [layers.conv2dTranspose({ filters: 2, kernelSize: 4, strides: 3, padding: "valid" })]],
  "a transposed convolution with strides beyond its kernel": [image, () => [layers.conv2dTranspose({ filters: 2, kernelSize: 2, strides: 3, padding: "same", useBias: false })]],
  "pools, same and valid": [image, () => [layers.maxPooling2d({ poolSize: 3, strides: 2, padding: "same" }), layers.averagePooling2d({ poolSize: 2, strides: 1, padding: "same" }), layers.averagePooling2d({ poolSize: [2, 1] })]],
  "batch norm": [image, () => [layers.batchNormalization({ epsilon: 0.01 })]],
  "batch norm of rows": [[5], () => [layers.batchNormalization({ scale: false })]],
  "layer norm of channels": [image, () => [layers.layerNormalization()]],
  "a flattened image and products": [image, () => [layers.flatten(), layers.dense({ units: 4, activation: "sigmoid" }), layers.dense({ units: 3, activation: "softmax" })]],
  "a product along channels": [image, () => [layers.dense({ units: 4, activation: "softmax" })]],
  "reshaped and permuted": [image, () => [layers.reshape({ targetShape: [4, 6, 9] }), layers.permute({ dims: [2, 3, 1] }), layers.reshape({ targetShape: [18, 12] }), layers.permute({ dims: [2, 1] })]],
  "padded, cropped and twice as large": [image, () => [layers.zeroPadding2d({ padding: [[1, 2], [0, 3]] }), layers.cropping2D({ cropping: [[2, 0], [1, 1]] }), layers.upSampling2d({ size: [2, 3] })]],
  "activations as layers": [image, () => [layers.leakyReLU(), layers.elu(), layers.prelu(), layers.prelu({ sharedAxes: [1, 2] }), layers.softmax({ axis: -1 }), layers.reLU({ maxValue: 0.4 })]],
  "activations by name": [[7], () => (["hardSigmoid", "selu", "softplus", "softsign", "swish", "mish", "gelu"] as const).map((activation) => layers.dense({ units: 5, activation: activation as "selu" }))],
  "dropout, which does nothing": [image, () => [layers.dropout({ rate: 0.5 }), layers.activation({ activation: "relu" })]],
  "means of channels": [image, () => [layers.globalAveragePooling2d({})]],
  "maxima of channels": [image, () => [layers.globalMaxPooling2d({})]],
};
