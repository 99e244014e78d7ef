import { integer, type Kind } from "../../core/kinds.ts";
import type { Random } from "../../core/rng.ts";
import {
  type Label,
  type LabelInput,
  type LabelKind,
  type LabelList,
  labelList,
  readLabels,
} from "../labels.ts";
import { byLabel } from "../model_selection/folds.ts";
import { type FloatMatrix, type HostMatrix, readMatrix, rowsOf, type Samples } from "../samples.ts";
import { type SamplingStrategy, strategyKind, wantedOf } from "./strategy.ts";

/** Options of all resamplers: the wanted numbers of samples, and the seed. */
export interface SamplingOptions {
  /** Wanted numbers of samples of the classes. Default "auto": for all classes as many as the largest has, or the smallest. */
  readonly samplingStrategy?: SamplingStrategy;
  /** Seed of the draws. Default 0. */
  readonly randomState?: number;
}

export const samplingKinds: { readonly [Name in keyof SamplingOptions]-?: Kind } = {
  samplingStrategy: strategyKind,
  randomState: integer,
};

/** Result of `fitResample`: samples, labels, and their origin. */
export interface Resampled<L extends Label = number> {
  /** [samples, features] of the resampled data. */
  readonly X: FloatMatrix;
  /** [samples], of the kind of the given y. */
  readonly y: LabelList<L>;
  /** `[samples]`: the row of the given X that a sample is, or that a synthetic one was interpolated from. */
  readonly indices: Uint32Array<ArrayBuffer>;
}

export interface Classes<L extends Label> {
  readonly matrix: HostMatrix;
  /** Rows of each label, labels sorted. */
  readonly classes: readonly (readonly [label: L, rows: readonly number[]])[];
  readonly y: readonly L[];
}

/** One of the rows, drawn uniformly. */
export const oneOf = (rows: readonly number[], random: Random): number =>
  rows[Math.floor(random() * rows.length)] as number;

/** Checks X and y, and finds the rows of each class. */
export async function readClasses<L extends Label>(
  who: string,
  X: Samples,
  y: LabelInput<L>,
): Promise<Classes<LabelKind<L>>> {
  const matrix = await readMatrix(who, X);
  const { classes, index } = await readLabels<LabelKind<L>>(who, y, matrix.samples);
  const labels = Array.from(index, (c) => classes[c] as LabelKind<L>);
  return { matrix, classes: byLabel(labels), y: labels };
}

/** Number of samples that each class lacks. */
export function missingOf<L extends Label>(
  who: string,
  { classes }: Classes<L>,
  { samplingStrategy }: Required<SamplingOptions>,
) {
  const wanted = wantedOf(who, samplingStrategy, classes, true);
  return classes.map(([label, rows], c) => ({
    label,
    rows,
    missing: (wanted[c] as number) - rows.length,
  }));
}

/** Some rows and their labels. */
export const take = <L extends Label>(
  { matrix, y }: Classes<L>,
  rows: readonly number[],
): Resampled<L> => ({
  X: rowsOf(matrix, rows),
  y: labelList(rows.map((i) => y[i] as L)),
  indices: Uint32Array.from(rows),
});
