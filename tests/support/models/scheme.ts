/** Published facts about a network that torchvision does not have. */
export interface Scheme {
  /** Number of trained parameters with the builder's defaults. */
  readonly parameters: number;
  /** Height and width of its images. */
  readonly input: number;
  /** Channels of those images. Default 3. */
  readonly inChannels?: number;
  /** Number of classes. Default 1000. */
  readonly numClasses?: number;
  /** Multiply-adds of convolutions and linear layers for one image, published or counted by hand. */
  readonly macs?: number;
  /** Output shapes in training by name, for a batch of 2, if there are several. */
  readonly trained?: Readonly<Record<string, readonly number[]>>;
  /** Entries of the state dict in order, each "key sizes": `conv1.weight 64,3,7,7`; a counter has no sizes. */
  readonly state: readonly string[];
}

export const conv = (path: string, ...sizes: readonly number[]): string[] => [
  `${path}.weight ${sizes}`,
];

/** A layer with a weight and a bias: a convolution or a linear layer. */
export const biased = (path: string, ...sizes: readonly number[]): string[] => [
  `${path}.weight ${sizes}`,
  `${path}.bias ${sizes[0]}`,
];

export const batchNorm = (path: string, channels: number): string[] => [
  ...["weight", "bias", "running_mean", "running_var"].map((name) => `${path}.${name} ${channels}`),
  `${path}.num_batches_tracked`,
];
