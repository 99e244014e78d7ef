import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import { loadOnnx } from "../../../src/io/onnx/load.ts";
import { encodeModel, type WeightOut } from "../../../src/io/onnx/out/file.ts";
import type { NodeOut } from "../../../src/io/onnx/out/graph.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { initShared } from "../../support/shared_device.ts";

// Debian's libonnx-testdata ends before opset 18. Expected values: ONNX's reference implementation of Resize (its
// interpolate_1d_with_x, with antialiasing) written out in NumPy in float64; the first four are the project's tests
// resize_downsample_{scales,sizes}_{linear,cubic}_antialias too.

await initShared();

type Attributes = NodeOut["attributes"];

interface Example {
  readonly name: string;
  readonly attributes: Attributes;
  readonly scales?: readonly number[];
  readonly sizes?: readonly number[];
  readonly roi?: readonly number[];
  readonly expected: readonly (readonly number[])[];
}

const floats = (name: string, data: readonly number[]): WeightOut => ({
  ...{ name, type: "float", shape: [data.length], data },
});

/** A file that resizes 1, 2, ... 16 in four rows. */
function fileOf({ attributes, scales = [], sizes, roi = [] }: Example): Uint8Array {
  const whole =
    sizes && ({ name: "sizes", type: "int64", shape: [sizes.length], data: sizes } as const);
  return encodeModel({
    ...{ opset: 18, name: "resize" },
    nodes: [
      {
        ...{ op: "Resize", outputs: ["y"], attributes, path: "" },
        inputs: ["x", roi.length ? "roi" : "", scales.length ? "scales" : "", whole ? "sizes" : ""],
      },
    ],
    weights: [floats("roi", roi), floats("scales", scales), ...(whole ? [whole] : [])].filter(
      ({ data }) => data.length > 0,
    ),
    inputs: [{ name: "x", type: "float", shape: [1, 1, 4, 4] }],
    outputs: [{ name: "y", type: "float", shape: [1, 1, "h", "w"] }],
  }).whole();
}

const cubic = (a: number): Attributes => ({ mode: "cubic", cubic_coeff_a: { float: a } });
const smaller = { antialias: 1 } as const;

const examples: readonly Example[] = [
  {
    name: "linear by 0.6, antialiased",
    attributes: { mode: "linear", ...smaller },
    scales: [1, 1, 0.6, 0.6],
    expected: [
      [2.875, 4.5],
      [9.375, 11],
    ],
  },
  {
    name: "cubic by 0.6, antialiased",
    attributes: { mode: "cubic", ...smaller },
    scales: [1, 1, 0.6, 0.6],
    expected: [
      [2.51807229, 4.2858864],
      [9.58932874, 11.35714286],
    ],
  },
  {
    name: "linear to 3, antialiased",
    attributes: { mode: "linear", ...smaller },
    sizes: [1, 1, 3, 3],
    expected: [
      [2.36363636, 3.59090909, 4.81818182],
      [7.27272727, 8.5, 9.72727273],
      [12.18181818, 13.40909091, 14.63636364],
    ],
  },
  {
    name: "cubic to 3, antialiased",
    attributes: { mode: "cubic", ...smaller },
    sizes: [1, 1, 3, 3],
    expected: [
      [1.77500916, 3.12000733, 4.4650055],
      [7.15500183, 8.5, 9.84499817],
      [12.5349945, 13.87999267, 15.22499084],
    ],
  },
  {
    name: "cubic by 0.6 and 0.75, cells outside left out",
    attributes: { mode: "cubic", ...smaller, exclude_outside: 1 },
    scales: [1, 1, 0.6, 0.75],
    expected: [
      [2.44661197, 3.78571429, 5.12481661],
      [9.58195031, 10.92105263, 12.26015495],
    ],
  },
  {
    name: "linear as torch has it, in its kernel",
    attributes: { mode: "linear", ...smaller, exclude_outside: 1 },
    sizes: [1, 1, 2, 3],
    expected: [
      [4.15714286, 5.35714286, 6.55714286],
      [10.44285714, 11.64285714, 12.84285714],
    ],
  },
  {
    name: "cubic as torch has it, in its kernel",
    attributes: { ...cubic(-0.5), ...smaller, exclude_outside: 1 },
    sizes: [1, 1, 2, 3],
    expected: [
      [3.53703879, 4.84710744, 6.15717609],
      [10.84282391, 12.15289256, 13.46296121],
    ],
  },
  {
    name: "a crop that reaches beyond the image",
    attributes: {
      ...{ mode: "linear", coordinate_transformation_mode: "tf_crop_and_resize" },
      extrapolation_value: { float: -9 },
    },
    roi: [0, 0, 0.5, 0, 1, 1, 1, 1.5],
    sizes: [1, 1, 2, 3],
    // rows at 1.5 and 3, columns at 0, 2.25 and 4.5
    expected: [
      [7, 9.25, -9],
      [13, 15.25, -9],
    ],
  },
  {
    name: "the ratio of the sides kept, no larger than 2 by 3",
    attributes: { mode: "nearest", keep_aspect_ratio_policy: "not_larger", axes: [2, 3] },
    sizes: [2, 3],
    expected: [
      [1, 3],
      [9, 11],
    ],
  },
  {
    name: "the ratio of the sides kept, no smaller than 2 by 3",
    attributes: { mode: "nearest", keep_aspect_ratio_policy: "not_smaller", axes: [2, 3] },
    sizes: [2, 3],
    expected: [
      [1, 2, 4],
      [5, 6, 8],
      [13, 14, 16],
    ],
  },
];

describe("Resize of opset 18", () => {
  test.each(examples)("$name", async (example) => {
    const model = loadOnnx(fileOf(example));
    using x = tensor(
      Float32Array.from({ length: 16 }, (_, i) => i + 1),
      { shape: [1, 1, 4, 4] },
    );
    using y = noGrad(() => model.forward(x));
    const { expected } = example;
    expect(y.shape).toEqual([1, 1, expected.length, expected[0]?.length]);
    const got = await y.read();
    for (const [i, each] of expected.flat().entries()) expect(got[i]).toBeCloseTo(each, 5);
    model.dispose();
  });
});
