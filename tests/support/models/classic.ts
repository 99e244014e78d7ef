import { batchNorm, biased, conv, type Scheme } from "./scheme.ts";

/** Convolutions of a block, as [kernel size, channels as a share of the stage's]. */
type Block = readonly (readonly [size: number, share: number])[];

const basic: Block = [
  [3, 1],
  [3, 1],
];
const bottleneck: Block = [
  [1, 1],
  [3, 1],
  [1, 4],
];

/**
 * He et al. 2016, figure 1b, and He et al. 2015, table 1: a norm before every convolution of a block; a projection
 * without a norm where sizes change; a norm at the end.
 */
function preActivation(block: Block, depths: readonly number[]): string[] {
  let channels = 64;
  const stages = depths.flatMap((depth, stage) =>
    Array.from({ length: depth }, (_, i) => {
      const path = `layer${stage + 1}.${i}`;
      const before = channels;
      const parts = block.flatMap(([size, share], k) => {
        const inC = channels;
        channels = 64 * 2 ** stage * share;
        const [norm, layer] = [`${path}.bn${k + 1}`, `${path}.conv${k + 1}`];
        return [...batchNorm(norm, inC), ...conv(layer, channels, inC, size, size)];
      });
      const projected = i === 0 && before !== channels;
      return projected ? [...parts, ...conv(`${path}.downsample`, channels, before, 1, 1)] : parts;
    }).flat(),
  );
  return [
    ...[...conv("conv1", 64, 3, 7, 7), ...stages, ...batchNorm("bn", channels)],
    ...biased("fc", 1000, channels),
  ];
}

/** LeNet and residual networks of the second version, by builder. */
export const classic: Readonly<Record<string, Scheme>> = {
  // C1, C3, C5, F6 and the output of LeCun et al. 1998, figure 2, with C3 connected to all of S2
  lenet5: {
    ...{ parameters: 61_706, input: 32, inChannels: 1, numClasses: 10 },
    macs: 28 ** 2 * 150 + 10 ** 2 * 2400 + 48_000 + 10_080 + 840,
    state: [
      ...[...biased("conv1", 6, 1, 5, 5), ...biased("conv2", 16, 6, 5, 5)],
      ...[...biased("fc1", 120, 400), ...biased("fc2", 84, 120), ...biased("fc3", 10, 84)],
    ],
  },
  // timm's table gives 11.69, 21.80, 25.55, 44.54 and 60.19 million, the authors' 64.67 million for the last
  preActResnet18: { parameters: 11_687_720, input: 224, state: preActivation(basic, [2, 2, 2, 2]) },
  preActResnet34: { parameters: 21_795_880, input: 224, state: preActivation(basic, [3, 4, 6, 3]) },
  ...Object.fromEntries(
    (
      [
        ["preActResnet50", 25_549_352, [3, 4, 6, 3]],
        ["preActResnet101", 44_541_480, [3, 4, 23, 3]],
        ["preActResnet152", 60_185_128, [3, 8, 36, 3]],
        ["preActResnet200", 64_666_152, [3, 24, 36, 3]],
      ] as const
    ).map(([name, parameters, depths]) => [
      name,
      { parameters, input: 224, state: preActivation(bottleneck, depths) },
    ]),
  ),
};
