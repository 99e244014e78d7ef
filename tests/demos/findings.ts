import { expect } from "vitest";

export type Figures = Readonly<Record<string, number>>;
export type Pair = Readonly<Record<string, Figures>>;

/** Result of a guided experiment. */
export interface Found<F> {
  readonly figures: F;
  readonly sentence: string;
  readonly answer: string;
}

/** The sentence must contain these figures. */
export function says(sentence: string, ...figures: readonly string[]): void {
  for (const figure of figures) expect(sentence).toContain(figure);
}
