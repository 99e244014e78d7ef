import { averaged, halved, Mixed, type Units } from "./inception_parts.ts";

/** Blocks of Inception v2 and v3 (Szegedy et al. 2015); channels and names as in torchvision's version 3. */

/** Figure 5, 288 to 288 channels: two 3×3 convolutions with the receptive field of one 5×5. */
export const threes = (units: Units): Mixed =>
  new Mixed(
    units.named(288, { branch1x1: [64, 1] }),
    units.named(288, { branch3x3_1: [48, 1], branch3x3_2: [64, 3] }),
    units.named(288, { branch3x3dbl_1: [64, 1], branch3x3dbl_2: [96, 3], branch3x3dbl_3: [96, 3] }),
    { branch_pool_0: averaged(true), ...units.named(288, { branch_pool: [64, 1] }) },
  );

/** To 224 + `pooled` channels: `threes` with a 5×5 convolution in place of the single 3×3. */
export const fives = (units: Units, inC: number, pooled: number): Mixed =>
  new Mixed(
    units.named(inC, { branch1x1: [64, 1] }),
    units.named(inC, { branch5x5_1: [48, 1], branch5x5_2: [64, 5] }),
    units.named(inC, { branch3x3dbl_1: [64, 1], branch3x3dbl_2: [96, 3], branch3x3dbl_3: [96, 3] }),
    { branch_pool_0: averaged(true), ...units.named(inC, { branch_pool: [pooled, 1] }) },
  );

/** Figure 10, from 288 channels: convolution and pooling with stride 2 in parallel. */
export const halvedTo768 = (units: Units): Mixed =>
  new Mixed(
    units.named(288, { branch3x3: [384, 3, "halved"] }),
    units.named(288, {
      ...{ branch3x3dbl_1: [64, 1], branch3x3dbl_2: [96, 3], branch3x3dbl_3: [96, 3, "halved"] },
    }),
    { branch_pool_0: halved() },
  );

/** Figure 6 with n = 7, 768 to 768 channels: 1×7 and 7×1 convolutions of `c` channels in place of 7×7. */
export const sevens = (units: Units, c: number): Mixed =>
  new Mixed(
    units.named(768, { branch1x1: [192, 1] }),
    units.named(768, {
      branch7x7_1: [c, 1],
      branch7x7_2: [c, [1, 7]],
      branch7x7_3: [192, [7, 1]],
    }),
    units.named(768, {
      branch7x7dbl_1: [c, 1],
      branch7x7dbl_2: [c, [7, 1]],
      branch7x7dbl_3: [c, [1, 7]],
      branch7x7dbl_4: [c, [7, 1]],
      branch7x7dbl_5: [192, [1, 7]],
    }),
    { branch_pool_0: averaged(true), ...units.named(768, { branch_pool: [192, 1] }) },
  );

/** From 768 channels: `halvedTo768` with the factored 7×7 convolution. */
export const halvedTo1280 = (units: Units): Mixed =>
  new Mixed(
    units.named(768, { branch3x3_1: [192, 1], branch3x3_2: [320, 3, "halved"] }),
    units.named(768, {
      branch7x7x3_1: [192, 1],
      branch7x7x3_2: [192, [1, 7]],
      branch7x7x3_3: [192, [7, 1]],
      branch7x7x3_4: [192, 3, "halved"],
    }),
    { branch_pool_0: halved() },
  );

/** Figure 7, to 2,048 channels: parallel 1×3 and 3×1 convolutions make the representation wide. */
export const spread = (units: Units, inC: number): Mixed =>
  new Mixed(
    units.named(inC, { branch1x1: [320, 1] }),
    {
      ...units.named(inC, { branch3x3_1: [384, 1] }),
      both: new Mixed(
        units.named(384, { branch3x3_2a: [384, [1, 3]] }),
        units.named(384, { branch3x3_2b: [384, [3, 1]] }),
      ),
    },
    {
      ...units.named(inC, { branch3x3dbl_1: [448, 1], branch3x3dbl_2: [384, 3] }),
      both: new Mixed(
        units.named(384, { branch3x3dbl_3a: [384, [1, 3]] }),
        units.named(384, { branch3x3dbl_3b: [384, [3, 1]] }),
      ),
    },
    { branch_pool_0: averaged(true), ...units.named(inC, { branch_pool: [192, 1] }) },
  );
