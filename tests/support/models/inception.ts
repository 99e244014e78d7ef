import { batchNorm, biased, conv, type Scheme } from "./scheme.ts";

type Size = number | readonly [height: number, width: number];

/** Convolution without bias, then batch norm: the unit of all these networks. */
const unit = (path: string, inC: number, outC: number, size: Size): string[] => [
  ...conv(`${path}.conv`, outC, inC, ...(typeof size === "number" ? [size, size] : size)),
  ...batchNorm(`${path}.bn`, outC),
];

/** Units in a row: their path, input channels, then [output channels, kernel size] of each. */
const chain = (path: string, inC: number, ...steps: readonly (readonly [number, Size])[]) =>
  steps.flatMap(([outC, size], i) => unit(`${path}.${i}`, steps[i - 1]?.[0] ?? inC, outC, size));

const times = (count: number, make: (i: number) => readonly string[]) =>
  Array.from({ length: count }, (_, i) => make(i)).flat();

const [row3, column3, row7, column7]: readonly Size[] = [
  [1, 3],
  [3, 1],
  [1, 7],
  [7, 1],
] as const;

const v4 = {
  stem: [
    ...[...unit("features.0", 3, 32, 3), ...unit("features.1", 32, 32, 3)],
    ...[...unit("features.2", 32, 64, 3), ...unit("features.3.conv", 64, 96, 3)],
    ...chain("features.4.branch0", 160, [64, 1], [96, 3]),
    ...chain("features.4.branch1", 160, [64, 1], [64, row7], [64, column7], [96, 3]),
    ...unit("features.5.conv", 192, 192, 3),
  ],
  a: (path: string) => [
    ...unit(`${path}.branch0`, 384, 96, 1),
    ...chain(`${path}.branch1`, 384, [64, 1], [96, 3]),
    ...chain(`${path}.branch2`, 384, [64, 1], [96, 3], [96, 3]),
    ...unit(`${path}.branch3.1`, 384, 96, 1),
  ],
  b: (path: string) => [
    ...unit(`${path}.branch0`, 1024, 384, 1),
    ...chain(`${path}.branch1`, 1024, [192, 1], [224, row7], [256, column7]),
    ...chain(
      ...([`${path}.branch2`, 1024] as const),
      ...([
        [192, 1],
        [192, column7],
        [224, row7],
        [224, column7],
        [256, row7],
      ] as const),
    ),
    ...unit(`${path}.branch3.1`, 1024, 128, 1),
  ],
  c: (path: string) => [
    ...[...unit(`${path}.branch0`, 1536, 256, 1), ...unit(`${path}.branch1_0`, 1536, 384, 1)],
    ...unit(`${path}.branch1_1a`, 384, 256, row3),
    ...unit(`${path}.branch1_1b`, 384, 256, column3),
    ...unit(`${path}.branch2_0`, 1536, 384, 1),
    ...unit(`${path}.branch2_1`, 384, 448, column3),
    ...unit(`${path}.branch2_2`, 448, 512, row3),
    ...unit(`${path}.branch2_3a`, 512, 256, row3),
    ...unit(`${path}.branch2_3b`, 512, 256, column3),
    ...unit(`${path}.branch3.1`, 1536, 256, 1),
  ],
  reductions: [
    [
      ...unit("features.10.branch0", 384, 384, 3),
      ...chain("features.10.branch1", 384, [192, 1], [224, 3], [256, 3]),
    ],
    [
      ...chain("features.18.branch0", 1024, [192, 1], [192, 3]),
      ...chain("features.18.branch1", 1024, [256, 1], [256, row7], [320, column7], [320, 3]),
    ],
  ],
} as const;

const resnet = {
  stem: [
    ...[...unit("conv2d_1a", 3, 32, 3), ...unit("conv2d_2a", 32, 32, 3)],
    ...[...unit("conv2d_2b", 32, 64, 3), ...unit("conv2d_3b", 64, 80, 1)],
    ...[...unit("conv2d_4a", 80, 192, 3), ...unit("mixed_5b.branch0", 192, 96, 1)],
    ...chain("mixed_5b.branch1", 192, [48, 1], [64, 5]),
    ...chain("mixed_5b.branch2", 192, [64, 1], [96, 3], [96, 3]),
    ...unit("mixed_5b.branch3.1", 192, 64, 1),
  ],
  block35: (path: string) => [
    ...[...unit(`${path}.branch0`, 320, 32, 1), ...chain(`${path}.branch1`, 320, [32, 1], [32, 3])],
    ...chain(`${path}.branch2`, 320, [32, 1], [48, 3], [64, 3]),
    ...biased(`${path}.conv2d`, 320, 128, 1, 1),
  ],
  block17: (path: string) => [
    ...unit(`${path}.branch0`, 1088, 192, 1),
    ...chain(`${path}.branch1`, 1088, [128, 1], [160, row7], [192, column7]),
    ...biased(`${path}.conv2d`, 1088, 384, 1, 1),
  ],
  block8: (path: string) => [
    ...unit(`${path}.branch0`, 2080, 192, 1),
    ...chain(`${path}.branch1`, 2080, [192, 1], [224, row3], [256, column3]),
    ...biased(`${path}.conv2d`, 2080, 448, 1, 1),
  ],
  reductions: [
    [
      ...unit("mixed_6a.branch0", 320, 384, 3),
      ...chain("mixed_6a.branch1", 320, [256, 1], [256, 3], [384, 3]),
    ],
    [
      ...chain("mixed_7a.branch0", 1088, [256, 1], [384, 3]),
      ...chain("mixed_7a.branch1", 1088, [256, 1], [288, 3]),
      ...chain("mixed_7a.branch2", 1088, [256, 1], [288, 3], [320, 3]),
    ],
  ],
} as const;

/** Units by name: [input channels, output channels, kernel size]. */
const listed = (path: string, list: Readonly<Record<string, readonly [number, number, Size]>>) =>
  Object.entries(list).flatMap(([name, [inC, outC, size]]) =>
    unit(path ? `${path}.${name}` : name, inC, outC, size),
  );

const v2 = {
  stem: listed("", {
    Conv2d_1a_3x3: [3, 32, 3],
    Conv2d_2a_3x3: [32, 32, 3],
    Conv2d_2b_3x3: [32, 64, 3],
    Conv2d_3b_3x3: [64, 80, 3],
    Conv2d_4a_3x3: [80, 192, 3],
    Conv2d_4b_3x3: [192, 288, 3],
  }),
  figure5: (path: string) =>
    listed(path, {
      branch1x1: [288, 64, 1],
      branch3x3_1: [288, 48, 1],
      branch3x3_2: [48, 64, 3],
      branch3x3dbl_1: [288, 64, 1],
      branch3x3dbl_2: [64, 96, 3],
      branch3x3dbl_3: [96, 96, 3],
      branch_pool: [288, 64, 1],
    }),
  to768: listed("Mixed_6a", {
    branch3x3: [288, 384, 3],
    branch3x3dbl_1: [288, 64, 1],
    branch3x3dbl_2: [64, 96, 3],
    branch3x3dbl_3: [96, 96, 3],
  }),
  figure6: (path: string, c: number) =>
    listed(path, {
      branch1x1: [768, 192, 1],
      branch7x7_1: [768, c, 1],
      branch7x7_2: [c, c, row7],
      branch7x7_3: [c, 192, column7],
      branch7x7dbl_1: [768, c, 1],
      branch7x7dbl_2: [c, c, column7],
      branch7x7dbl_3: [c, c, row7],
      branch7x7dbl_4: [c, c, column7],
      branch7x7dbl_5: [c, 192, row7],
      branch_pool: [768, 192, 1],
    }),
  to1280: listed("Mixed_7a", {
    branch3x3_1: [768, 192, 1],
    branch3x3_2: [192, 320, 3],
    branch7x7x3_1: [768, 192, 1],
    branch7x7x3_2: [192, 192, row7],
    branch7x7x3_3: [192, 192, column7],
    branch7x7x3_4: [192, 192, 3],
  }),
  figure7: (path: string, inC: number) =>
    listed(path, {
      branch1x1: [inC, 320, 1],
      branch3x3_1: [inC, 384, 1],
      branch3x3_2a: [384, 384, row3],
      branch3x3_2b: [384, 384, column3],
      branch3x3dbl_1: [inC, 448, 1],
      branch3x3dbl_2: [448, 384, 3],
      branch3x3dbl_3a: [384, 384, row3],
      branch3x3dbl_3b: [384, 384, column3],
      branch_pool: [inC, 192, 1],
    }),
} as const;

/** Inception v2, v4 and Inception-ResNet v2, by builder. */
export const inception: Readonly<Record<string, Scheme>> = {
  // table 1 of Szegedy et al. 2015; widths as in torchvision's Inception v3; no parameter count is published: this is
  // the sum over the list
  inceptionV2: {
    ...{ parameters: 27_589_040, input: 299 },
    trained: { logits: [2, 1000], aux_logits: [2, 1000] },
    state: [
      ...v2.stem,
      ...["Mixed_5b", "Mixed_5c", "Mixed_5d"].flatMap(v2.figure5),
      ...v2.to768,
      ...[...v2.figure6("Mixed_6b", 128), ...v2.figure6("Mixed_6c", 160)],
      ...[...v2.figure6("Mixed_6d", 160), ...v2.figure6("Mixed_6e", 192)],
      ...biased("AuxLogits.conv0", 128, 768, 1, 1),
      ...biased("AuxLogits.conv1", 768, 128, 5, 5),
      ...biased("AuxLogits.fc", 1000, 768),
      ...v2.to1280,
      ...[...v2.figure7("Mixed_7b", 1280), ...v2.figure7("Mixed_7c", 2048)],
      ...biased("fc", 1000, 2048),
    ],
  },
  // timm's count and names
  inceptionV4: {
    ...{ parameters: 42_679_816, input: 299 },
    state: [
      ...[...v4.stem, ...times(4, (i) => v4.a(`features.${6 + i}`)), ...v4.reductions[0]],
      ...[...times(7, (i) => v4.b(`features.${11 + i}`)), ...v4.reductions[1]],
      ...times(3, (i) => v4.c(`features.${19 + i}`)),
      ...biased("last_linear", 1000, 1536),
    ],
  },
  // timm's count and names
  inceptionResnetV2: {
    ...{ parameters: 55_843_464, input: 299 },
    state: [
      ...[...resnet.stem, ...times(10, (i) => resnet.block35(`repeat.${i}`))],
      ...resnet.reductions[0],
      ...times(20, (i) => resnet.block17(`repeat_1.${i}`)),
      ...resnet.reductions[1],
      ...times(9, (i) => resnet.block8(`repeat_2.${i}`)),
      ...[...resnet.block8("block8"), ...unit("conv2d_7b", 2080, 1536, 1)],
      ...biased("classif", 1000, 1536),
    ],
  },
};
