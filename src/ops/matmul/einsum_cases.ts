import { size, strides } from "../../core/shape.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import { coordinatesOf, offsetOf } from "../../kernels/shape/walk.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { bmm, einsum } from "./einsum.ts";

/** One loop over all combinations of indices; `equation` consists of letters and an arrow. */
function summed(equation: string, operands: readonly HostTensor[]): Float64Array {
  const [left = "", right = ""] = equation.split("->");
  const terms = left.split(",");
  const labels = [...new Set(left.replaceAll(",", ""))];
  const lengths = labels.map((label) =>
    Math.max(...terms.map((term, i) => operands[i]?.shape[term.indexOf(label)] ?? 1)),
  );
  const at = (term: string, shape: readonly number[], index: readonly number[]) => {
    const own = [...term].map((label, k) =>
      shape[k] === 1 ? 0 : (index[labels.indexOf(label)] as number),
    );
    return offsetOf(own, strides(shape));
  };
  const shape = [...right].map((label) => lengths[labels.indexOf(label)] as number);
  const y = new Float64Array(size(shape));
  for (let i = 0; i < size(lengths); i++) {
    const index = coordinatesOf(i, lengths);
    const product = operands.reduce(
      (value, { data, shape: own }, k) =>
        value * (data[at(terms[k] as string, own, index)] as number),
      1,
    );
    const to = at(right, shape, index);
    y[to] = (y[to] as number) + product;
  }
  return y;
}

const equal = (
  name: string,
  equation: string,
  shapes: readonly (readonly number[])[],
  shape: readonly number[],
  letters = equation,
): OpCase => ({
  name,
  inputs: shapes.map((each) => ({ shape: each })),
  run: (...operands) => einsum(equation, ...operands),
  reference: (...operands) => summed(letters, operands),
  shape,
  tolerance: { length: 24 },
});

export const cases: OpCases = {
  einsum: [
    equal(
      "two matrices",
      "ij,jk->ik",
      [
        [3, 4],
        [4, 5],
      ],
      [3, 5],
    ),
    equal(
      "no arrow: what occurs once, in order",
      "kj,ij",
      [
        [3, 4],
        [2, 4],
      ],
      [2, 3],
      "kj,ij->ik",
    ),
    equal(
      "a batch, transposed",
      "bij,bkj->bik",
      [
        [2, 3, 4],
        [2, 5, 4],
      ],
      [2, 3, 5],
    ),
    equal(
      "attention",
      "bqhd,bkhd->bhqk",
      [
        [2, 3, 2, 4],
        [2, 3, 2, 4],
      ],
      [2, 2, 3, 3],
    ),
    equal("outer product", "i,j->ij", [[3], [4]], [3, 4]),
    equal(
      "element by element",
      "ij,ij->ij",
      [
        [3, 4],
        [3, 4],
      ],
      [3, 4],
    ),
    equal("dot product", "i,i->", [[5], [5]], []),
    equal("a transposition", "ij->ji", [[3, 4]], [4, 3]),
    equal("a sum over one axis", "ij->j", [[3, 4]], [4]),
    equal("a diagonal", "ii->i", [[4, 4]], [4]),
    equal("a trace", "ii", [[4, 4]], [], "ii->"),
    equal("a diagonal times a vector", "iij,j->i", [[3, 3, 2], [2]], [3]),
    equal(
      "indices of one operand alone are summed",
      "ij,kl->k",
      [
        [2, 3],
        [3, 2],
      ],
      [3],
    ),
    equal(
      "three operands, bilinear",
      "bi,oij,bj->bo",
      [
        [2, 3],
        [4, 3, 2],
        [2, 2],
      ],
      [2, 4],
    ),
    equal(
      "an ellipsis",
      "...ij,...jk->...ik",
      [
        [2, 3, 4],
        [2, 4, 2],
      ],
      [2, 3, 2],
      "bij,bjk->bik",
    ),
    equal("ellipses that broadcast", "...i,i...->...", [[2, 3], [3]], [2], "bi,i->b"),
    equal(
      "size 1 broadcasts",
      "ij,ij->i",
      [
        [3, 1],
        [3, 4],
      ],
      [3],
    ),
  ],
  bmm: [
    {
      name: "a batch of two",
      inputs: [{ shape: [2, 3, 4] }, { shape: [2, 4, 5] }],
      run: (a, b) => bmm(a, b),
      reference: (a, b) => summed("bij,bjk->bik", [a, b]),
      shape: [2, 3, 5],
      tolerance: { length: 5 },
    },
  ],
};
