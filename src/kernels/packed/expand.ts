import shader from "#shaders/packed/expand.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { required } from "../../core/kinds.ts";
import { type Shape, show } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { sizes } from "../option_kinds.ts";
import { numberOf, packedProblem, perWord } from "./form.ts";

const WHO = "packed/expand";

export interface ExpandOptions {
  /** Shape of the tensor that was packed: [rows, ...]. */
  readonly shape: Shape;
}

/**
 * The numbers packed by `pack`, y of `shape`: smallest + steps · step of the row with lines [rows, 2], else f16. Throws
 * `ShapeError` for a wrong number of words.
 */
export const packedExpand = kernel(shader, ({ words, lines }, { shape }: ExpandOptions) => {
  const problem = packedProblem(WHO, shape, lines);
  if (words.length !== 1 || words[0] !== problem.words) {
    throw new ShapeError(
      `${WHO}: expected words [${problem.words}] for ${show(shape)}, got ${show(words, "words")}; pass what packed/pack made`,
    );
  }
  return {
    outputs: { y: shape },
    params: problem.params,
    grid: grid1d(Math.ceil(problem.threads / 64)),
    slots: { form: problem.form },
    flops: 2 * problem.params.count,
  };
});

export const kinds = () => ({ shape: required(sizes) });

export const reference: Reference<typeof packedExpand> = ({ words, lines }, { shape }) => {
  const { form, params } = packedProblem(WHO, shape, lines?.shape);
  const per = perWord(form);
  const y = Float64Array.from({ length: params.count }, (_, e) => {
    const word = words.data[Math.floor(e / per)] as number;
    const bits = Math.floor(word / 2 ** ((e % per) * (32 / per))) % 2 ** (32 / per);
    return numberOf(bits, Math.floor(e / params.width), lines);
  });
  return { y };
};

function expanded(name: string, shape: Shape, isU8: boolean): Case<typeof packedExpand> {
  const lines = isU8 ? [shape[0] ?? 0, 2] : undefined;
  const { words } = packedProblem(WHO, shape, lines);
  // f16 with exponents 0 to 30: no infinity and no NaN
  const fill = (i: number) =>
    isU8 ? (i * 2654435761) % 2 ** 32 : ((i * 40503 * 65539) % 2 ** 30) | 0x8000;
  return {
    name,
    inputs: { words: { shape: [words], fill }, ...(lines && { lines }) },
    options: { shape },
  };
}

export const cases: Case<typeof packedExpand>[] = [
  expanded("u8, one number", [1, 1], true),
  expanded("u8, rows that end within a word", [5, 27], true),
  expanded("u8, more words than a workgroup has lanes", [3, 3, 11, 4], true),
  expanded("f16, one number", [1, 1], false),
  expanded("f16, an odd count", [5, 27], false),
];

export const benches = [
  expanded("u8 512×512×3×3", [512, 512, 3, 3], true),
  expanded("f16 512×512×3×3", [512, 512, 3, 3], false),
];
