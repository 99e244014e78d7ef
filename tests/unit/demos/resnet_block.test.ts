import { expect, test } from "vitest";
import { partsOf } from "../../../demos/resnet/panels/block.ts";

const usual = { norm: "batch", activation: "relu", shortcut: true } as const;
const texts = (given: Parameters<typeof partsOf>[0]) =>
  partsOf(given).map(({ text }) => text.replace(" convolution", ""));

test.each([
  ["basic", "3×3, Batch norm, ReLU, 3×3, Batch norm, plus the input, ReLU"],
  [
    "bottleneck",
    "1×1, Batch norm, ReLU, 3×3, Batch norm, ReLU, 1×1, Batch norm, plus the input, ReLU",
  ],
  [
    "resnext",
    "1×1, Batch norm, ReLU, 3×3 grouped, Batch norm, ReLU, 1×1, Batch norm, plus the input, ReLU",
  ],
  ["preactivation", "Batch norm, ReLU, 3×3, Batch norm, ReLU, 3×3, plus the input"],
  [
    "preactivationBottleneck",
    "Batch norm, ReLU, 1×1, Batch norm, ReLU, 3×3, Batch norm, ReLU, 1×1, plus the input",
  ],
] as const)("the drawing of %s has what its forward pass does", (block, parts) => {
  expect(texts({ ...usual, block }).join(", ")).toBe(parts);
});

test("without a norm and without a shortcut they are not drawn", () => {
  const bare = { block: "basic", norm: "none", activation: "silu", shortcut: false } as const;
  expect(texts(bare).join(", ")).toBe("3×3, SiLU (swish), 3×3, SiLU (swish)");
});
