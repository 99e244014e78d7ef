import shader from "#shaders/packed/pack.wgsl";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { bitsOf, packedProblem, perWord } from "./form.ts";

const WHO = "packed/pack";

/**
 * Packs numbers x [rows, ...] into words: with lines [rows, 2], a step and the smallest number of each row, four per word
 * as steps above the smallest, rounded and clamped to 0..255; without lines two per word, as the nearest f16. The first is
 * in the lowest bits. Throws `ShapeError`.
 */
export const packedPack = kernel(shader, ({ x, lines }) => {
  const { words, form, threads, params } = packedProblem(WHO, x, lines);
  return {
    outputs: { words: [words] },
    params,
    grid: grid1d(Math.ceil(threads / 64)),
    slots: { form },
    flops: 0,
  };
});

export const reference: Reference<typeof packedPack> = ({ x, lines }) => {
  const { words: count, form, params } = packedProblem(WHO, x.shape, lines?.shape);
  const words = new Float64Array(count);
  const per = perWord(form);
  for (let e = 0; e < x.data.length; e++) {
    const bits = bitsOf(x.data[e] as number, Math.floor(e / params.width), lines);
    const at = Math.floor(e / per);
    words[at] = (words[at] as number) + bits * 2 ** ((e % per) * (32 / per));
  }
  return { words };
};

/** Numbers that are multiples of ¼ above −8, and numbers beyond both ends. */
const onSteps = (i: number) => ((i * 37) % 300) / 4 - 10;

const packed = (
  name: string,
  shape: readonly number[],
  isU8: boolean,
): Case<typeof packedPack> => ({
  name,
  inputs: {
    x: { shape, fill: isU8 ? onSteps : (i) => ((i * 37) % 301) / 8 - 16 },
    ...(isU8 && { lines: { shape: [shape[0] ?? 0, 2], fill: (i) => (i % 2 === 0 ? 0.25 : -8) } }),
  },
  options: {},
});

export const cases: Case<typeof packedPack>[] = [
  packed("u8, one number", [1, 1], true),
  packed("u8, rows that end within a word, beyond both ends", [5, 27], true),
  packed("u8, more words than a workgroup has lanes", [3, 3, 11, 4], true),
  packed("f16, one number", [1, 1], false),
  packed("f16, an odd count", [5, 27], false),
  {
    ...packed("u8, a row of one value has steps of 0", [2, 6], true),
    inputs: {
      x: { shape: [2, 6], fill: (i) => (i < 6 ? 7 : i) },
      lines: { shape: [2, 2], fill: (i) => [0, 7, 1, 6][i] as number },
    },
  },
];
