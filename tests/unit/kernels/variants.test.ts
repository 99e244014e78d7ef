import { describe, expect, test } from "vitest";
import {
  chooseForward,
  chooseGradInput,
  chooseGradWeight,
  forwardCandidates,
  gradWeightCandidates,
} from "../../../src/kernels/conv2d/choose.ts";
import { conv2dForward as forward } from "../../../src/kernels/conv2d/forward.ts";
import { conv2dGemm as gemm } from "../../../src/kernels/conv2d/gemm.ts";
import {
  type Conv2dKernelOptions,
  convFlops,
  geometry,
} from "../../../src/kernels/conv2d/geometry.ts";
import { layerClass, layerOf } from "../../../src/kernels/conv2d/layer.ts";
import { chooseMatmul, matmulCandidates } from "../../../src/kernels/matmul/choose.ts";
import { type MatmulKernelOptions, matmulProblem } from "../../../src/kernels/matmul/problem.ts";
import { choose, type Named, type Question, sizeClasses } from "../../../src/kernels/variants.ts";

type Layer = [x: number[], weight: number[], options: Conv2dKernelOptions];
const layers: Layer[] = [
  [[1, 1, 1, 1], [1, 1, 1, 1], {}],
  [[2, 16, 32, 32], [32, 16, 3, 3], { padding: 1 }],
  [[2, 16, 32, 31], [32, 16, 3, 2], { padding: "same" }],
  [[2, 3, 7, 9], [5, 3, 4, 4], { padding: "same", dilation: [2, 1] }],
  [[1, 32, 14, 14], [32, 1, 3, 3], { padding: [0, 1], stride: 2, groups: 32 }],
  [[1, 64, 9, 8], [64, 64, 2, 2], { stride: [2, 3], dilation: [1, 2], padding: 2 }],
  [[8, 64, 16, 17], [64, 64, 3, 3], { padding: 1 }],
]; // biome-ignore format: one layer a line

const products: [a: number[], b: number[], options: MatmulKernelOptions][] = [
  [[1, 1], [1, 1], {}],
  [[1, 70], [70, 33], {}],
  [[64, 33], [33, 1], { act: "relu" }],
  [[64, 4096], [4096, 64], {}],
  [[5, 512, 64], [300, 64], { transposeB: true }],
  [[64, 512], [64, 512], { transposeA: true }],
  [[1024, 1024], [1024, 1024], {}],
]; // biome-ignore format: one product a line

const adapters = [{ software: true }, { software: false }];
const question = (key: string, ...[first, ...rest]: [string, ...string[]]): Question => ({
  key,
  candidates: [{ name: first }, ...rest.map((name) => ({ name }))],
  calls: () => [],
});

describe("size classes", () => {
  test("are the nearest powers of two, marked where four elements at a time do not fit", () => {
    expect(sizeClasses({ m: 256, n: 255, k: 257 })).toBe("m256n256~k256~");
    expect(sizeClasses({ m: 184, n: 180, k: 1000 })).toBe("m256n128k1024");
  });
  test("tell small sizes apart", () => {
    const classes = [0, 1, 2, 4, 5].map((n) => sizeClasses({ n }));
    expect(classes).toEqual(["n0", "n1", "n2", "n4", "n4~"]);
  });
  test("of layers hold their window and their groups exactly", () => {
    const classes = layers.slice(1, 5).map(([x, w, o]) => layerClass(geometry("test", x, w, o)));
    expect(classes).toEqual([
      "n2i16o32h32w32/k3x3s1x1d1x1",
      "n2i16o32h32w32~/k3x2s1x1d1x1",
      "n2i4o4~h8~w8~/k4x4s1x1d2x1",
      "n1i1o1h8~w8~/k3x3s2x2d1x1g32",
    ]);
  });
});

describe("candidates", () => {
  /** FLOPs of each candidate, from its plans. */
  const flops = ({ candidates, calls }: Question) =>
    candidates.map((each: Named) => calls(each).reduce((sum, call) => sum + call.plan().flops, 0));
  /** The question that a chooser asks. */
  const asked = (ask: (asked: (question: Question) => void) => void): Question => {
    const questions: Question[] = [];
    ask((question) => questions.push(question));
    expect(questions).toHaveLength(1);
    return questions[0] as Question;
  };

  for (const [a, b, options] of products) {
    test(`each multiplies [${a}] and [${b}]`, () => {
      for (const adapter of adapters) {
        const question = asked((asked) => chooseMatmul({ a, b }, options, { ...adapter, asked }));
        const { candidates } = question;
        expect(candidates.length).toBeGreaterThan(0);
        expect(new Set(candidates.map(({ name }) => name)).size).toBe(candidates.length);
        expect(Math.min(...flops(question))).toBeGreaterThanOrEqual(
          matmulProblem({ a, b }, options).flops,
        );
      }
    });
  }

  for (const [x, weight, options] of layers) {
    const g = geometry("test", x, weight, options);
    test(`each convolves [${x}] with [${weight}], and the layer is the same`, () => {
      const layer = layerOf(g);
      expect(geometry("test", layer.x, layer.weight, layer.window)).toEqual(g);
      for (const adapter of adapters) {
        for (const chooser of [chooseForward, chooseGradInput, chooseGradWeight]) {
          const question = asked((asked) => chooser(g, { ...adapter, asked }));
          expect(question.candidates.length).toBeGreaterThan(chooser === chooseGradInput ? 0 : 1);
          flops(question).forEach((cost, i) => {
            const byTiles = question.candidates[i]?.name === "winograd"; // 16 multiplications a tile instead of 36
            expect(cost).toBeGreaterThanOrEqual((byTiles ? 4 / 9 : 1) * convFlops(g));
          });
        }
      }
    });
  }

  test("a weight gradient costs its partial sums, too", () => {
    const g = geometry("test", [8, 4, 9, 9], [4, 4, 3, 3], {});
    const question = asked((asked) => chooseGradWeight(g, { software: false, asked }));
    const [first, second] = question.calls(question.candidates[0]);
    expect([first, second].map((call) => call?.shader.path)).toEqual([
      "conv2d/grad_weight.wgsl",
      "reduce/sum_partials.wgsl",
    ]);
    expect(second?.inputs).toEqual(first?.plan().outputs);
  });

  test("come best first: the choice without measurements", () => {
    for (const adapter of adapters) {
      for (const [a, b, options] of products) {
        const [best] = matmulCandidates({ a, b }, options, adapter);
        expect(chooseMatmul({ a, b }, options, adapter)).toEqual(best);
      }
      for (const [x, weight, options] of layers) {
        const g = geometry("test", x, weight, options);
        expect(chooseForward(g, adapter)).toEqual(forwardCandidates(g, adapter)[0]);
        expect(chooseGradWeight(g, adapter)).toEqual(gradWeightCandidates(g, adapter)[0]);
      }
    }
  });
});

describe("a table of winners", () => {
  test("names another candidate, for the key it was measured for", () => {
    const tuned = new Map([["f/n4", "b"]]);
    expect(choose(question("f/n4", "a", "b"), { software: false, tuned }).name).toBe("b");
    expect(choose(question("f/n8", "a", "b"), { software: false, tuned }).name).toBe("a");
  });
  test("is passed over where its winner cannot do the work or is gone", () => {
    const tuned = new Map([["f/n4", "vector"]]);
    expect(choose(question("f/n4", "a", "b"), { software: false, tuned }).name).toBe("a");
  });
  test("holds for similar sizes of a family, and for no other layout", () => {
    const tuned = new Map([["matmul/NT/m256n64k512", "registers"]]);
    const chooser = { software: true, tuned };
    const pick = (m: number, k: number, transposeB: boolean) =>
      chooseMatmul({ a: [m, k], b: transposeB ? [64, k] : [k, 64] }, { transposeB }, chooser).name;
    expect(pick(256, 512, true)).toBe("registers");
    expect(pick(200, 600, true)).toBe("registers");
    expect(pick(256, 512, false)).toBe("registers_8x8");
    expect(pick(1024, 512, true)).toBe("registers_16x16");
  });
  test("holds for a batch of products apart from a single one", () => {
    const tuned = new Map([["matmul/NN/m64n64k64b8", "registers"]]);
    const chooser = { software: true, tuned };
    const batched = chooseMatmul({ a: [8, 64, 64], b: [64, 64] }, {}, chooser);
    expect(batched.name).toBe("registers");
    expect(chooseMatmul({ a: [64, 64], b: [64, 64] }, {}, chooser).name).toBe("registers_8x8");
  });
  test("changes the kernel of a convolution", () => {
    const g = geometry("test", [2, 16, 32, 32], [32, 16, 3, 3], { padding: 1 });
    const tuned = new Map([["conv2d/forward/n2i16o32h32w32/k3x3s1x1d1x1", "gemm"]]);
    expect(chooseForward(g, { software: true, tuned }).kernel).toBe(gemm);
    expect(chooseForward(g, { software: true }).kernel).toBe(forward);
  });
});
