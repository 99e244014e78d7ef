import { batchNorm, biased, conv, type Scheme } from "./scheme.ts";

/** Input and output channels of each depthwise separable convolution of MobileNet v1 (Howard et al. 2017, table 1). */
const separable = [
  ...([[32, 64], [64, 128], [128, 128], [128, 256], [256, 256], [256, 512]] as const),
  ...[1, 2, 3, 4, 5].map(() => [512, 512] as const),
  ...([[512, 1024], [1024, 1024]] as const),
]; // biome-ignore format: a table

const mobilenetV1 = [
  ...conv("model.0.0", 32, 3, 3, 3),
  ...batchNorm("model.0.1", 32),
  ...separable.flatMap(([inC, outC], i) => [
    ...conv(`model.${i + 1}.0`, inC, 1, 3, 3),
    ...batchNorm(`model.${i + 1}.1`, inC),
    ...conv(`model.${i + 1}.3`, outC, inC, 1, 1),
    ...batchNorm(`model.${i + 1}.4`, outC),
  ]),
  ...biased("fc", 1000, 1024),
];

/** MobileNet v1, by builder: 4.2 million parameters and 569 million multiply-adds in the paper. */
export const mobile: Readonly<Record<string, Scheme>> = {
  mobilenetV1: { parameters: 4_231_976, input: 224, macs: 568_740_352, state: mobilenetV1 },
};
