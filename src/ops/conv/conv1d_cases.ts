import { geometry } from "../../kernels/conv2d/geometry.ts";
import { convolve } from "../../kernels/conv2d/reference.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import type { OpCases } from "../op_case.ts";
import { scatter } from "./conv_transpose_cases.ts";
import { conv1d, convTranspose1d } from "./conv1d.ts";

/** A tensor [a, b, c] as [a, b, 1, c]. */
const row = ({ shape: [a = 1, b = 1, c = 1], data }: HostTensor) => ({ shape: [a, b, 1, c], data });

export const cases: OpCases = {
  conv1d: [
    {
      name: "stride, padding, dilation, groups",
      inputs: [{ shape: [2, 4, 11] }, { shape: [6, 2, 3] }],
      run: (x, weight) => conv1d(x, weight, { stride: 2, padding: 1, dilation: 2, groups: 2 }),
      reference: (x, weight) => {
        const [image, window] = [row(x), row(weight)];
        const options = { stride: [1, 2], padding: [0, 1], dilation: [1, 2], groups: 2 } as const;
        return convolve(geometry("case", image.shape, window.shape, options), image, window);
      },
      shape: [2, 6, 5],
      tolerance: { length: 12 },
    },
    {
      name: "padding before and after, same with a stride",
      inputs: [{ shape: [1, 2, 8] }, { shape: [2, 2, 3] }],
      run: (x, weight) =>
        conv1d(conv1d(x, weight, { padding: [2, 0] }), weight, { stride: 3, padding: "same" }),
      reference: (x, weight) => {
        const window = row(weight);
        const first = geometry("case", [1, 2, 1, 8], window.shape, {
          padding: [
            [0, 0],
            [2, 0],
          ],
        });
        const second = geometry("case", [1, 2, 1, 8], window.shape, {
          stride: [1, 3],
          padding: "same",
        });
        const middle = { shape: [1, 2, 1, 8], data: convolve(first, row(x), window) };
        return convolve(second, middle, window);
      },
      shape: [1, 2, 3],
      tolerance: { length: 36 },
    },
    {
      name: "same, bias",
      inputs: [{ shape: [1, 2, 9] }, { shape: [3, 2, 4] }, { shape: [3] }],
      run: (x, weight, bias) => conv1d(x, weight, { padding: "same", bias }),
      reference: (x, weight, bias) => {
        const [image, window] = [row(x), row(weight)];
        const g = geometry("case", image.shape, window.shape, { padding: "same" });
        const sums = convolve(g, image, window);
        return sums.map((sum, i) => sum + (bias.data[Math.floor(i / 9)] as number));
      },
      shape: [1, 3, 9],
      tolerance: { length: 9 },
    },
  ],
  convTranspose1d: [
    {
      name: "stride, padding, output padding, groups, bias",
      inputs: [{ shape: [2, 4, 5] }, { shape: [4, 3, 3] }, { shape: [6] }],
      run: (x, weight, bias) =>
        convTranspose1d(x, weight, {
          ...{ stride: 3, padding: 1, outputPadding: 2, groups: 2 },
          bias,
        }),
      reference: (x, weight, bias) =>
        scatter(row(x), row(weight), bias, {
          ...{ stride: [1, 3], padding: [0, 1], outputPadding: [0, 2], groups: 2 },
        }),
      shape: [2, 6, 15],
      tolerance: { length: 36 },
    },
  ],
};
