import type { NamedKernel } from "wgrad/testing";
import * as words from "../words/en/kernels/page.ts";

type Module = NamedKernel["module"];

/** Ways to falsify the reference before a case runs, to show that the check notices. */
export type Spoil = "no" | "number" | "nan";

export const spoils: readonly { readonly value: Spoil; readonly text: string }[] = [
  { value: "no", text: words.trueReference },
  { value: "number", text: words.oneNumberWrongBy1 },
  { value: "nan", text: words.oneNan },
];

/** The module with a reference whose first element in every output is falsified. */
export function spoilt(module: Module, spoil: Spoil): Module {
  if (spoil === "no") return module;
  const change = (value: number) => (spoil === "nan" ? Number.NaN : wrong(value));
  return {
    ...module,
    reference: (inputs, options) =>
      Object.fromEntries(
        Object.entries(module.reference(inputs, options)).map(([name, values]) => [
          name,
          Array.from(values as ArrayLike<number>, (value, i) => (i === 0 ? change(value) : value)),
        ]),
      ),
  };
}

/** A wrong value: larger by 1 %, or by 0.01 below 1; 0 in place of NaN and ±∞. */
function wrong(value: number): number {
  return Number.isFinite(value) ? value + 0.01 * Math.max(1, Math.abs(value)) : 0;
}
