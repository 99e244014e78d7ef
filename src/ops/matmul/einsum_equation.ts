import { ValueError } from "../../core/errors.ts";

/**
 * An equation of `einsum`: labels of the axes of every operand and of the result. Axes under an ellipsis have numbers as
 * labels.
 */
export interface Equation {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

const TERM = /^([a-zA-Z]*)(\.\.\.)?([a-zA-Z]*)$/;

function refuse(expected: string, got: string): never {
  throw new ValueError(`einsum: expected ${expected}, got ${got}; write "ij,jk->ik"`);
}

/** Labels of one term for `rank` axes; an ellipsis stands for the remaining axes, counted from the last. */
function labelsOf(term: string, rank: number): string[] {
  const match = TERM.exec(term);
  if (!match) refuse("letters and at most one ellipsis for each operand", `"${term}"`);
  const [, before = "", dots, after = ""] = match;
  const open = rank - before.length - after.length;
  if (open < 0 || (!dots && open > 0)) {
    refuse(`an index for each of ${rank} axes`, `"${term}"`);
  }
  return [...before, ...Array.from({ length: open }, (_, k) => String(open - 1 - k)), ...after];
}

/** Reads an equation for operands of these ranks. Throws `ValueError` if it does not fit them. */
export function parseEquation(equation: string, ranks: readonly number[]): Equation {
  const [left = "", right, ...more] = equation.replaceAll(" ", "").split("->");
  if (more.length) refuse("one arrow", `"${equation}"`);
  const terms = left.split(",");
  if (terms.length !== ranks.length || ranks.length === 0) {
    refuse(`${terms.length} operands for "${equation}"`, String(ranks.length));
  }
  const inputs = terms.map((term, i) => labelsOf(term, ranks[i] as number));
  const all = inputs.flat();
  const dotted = Math.max(
    0,
    ...all.filter((label) => label < "A").map((label) => Number(label) + 1),
  );
  const ellipsis = Array.from({ length: dotted }, (_, k) => String(dotted - 1 - k));
  if (right === undefined) {
    const once = all.filter(
      (label) => label >= "A" && all.indexOf(label) === all.lastIndexOf(label),
    );
    return { inputs, output: [...ellipsis, ...once.sort()] };
  }
  const letters = right.replace("...", "");
  const output = labelsOf(right, letters.length + (right.includes("...") ? dotted : 0));
  const wrong = output.find((label, k) => !all.includes(label) || output.indexOf(label) !== k);
  if (wrong) refuse("each index of the result once, and among those of the operands", `'${wrong}'`);
  return { inputs, output };
}
