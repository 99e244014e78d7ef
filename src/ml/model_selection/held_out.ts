import { ValueError } from "../../core/errors.ts";
import { either, type Kind, number } from "../../core/kinds.ts";
import type { FitControl } from "../fit_options.ts";
import {
  type Label,
  type LabelInput,
  type LabelKind,
  type LabelList,
  labelsAt,
  readLabelsOrNumbers,
} from "../labels.ts";
import { readMatrix } from "../samples.ts";
import {
  type HostTable,
  readTable,
  type Table,
  type TableTaker,
  tableRows,
  takesTables,
} from "../table.ts";
import { type Fold, KFold, type Splitter, StratifiedKFold } from "./folds.ts";
import { type FittedEstimator, type Scoring, scoreOf } from "./scoring.ts";

/** An estimator that can be fitted and scored. X are finite numbers unless it accepts tables. */
export interface Estimator<L extends Label = number> extends TableTaker {
  /** Fits X `[samples, features]` and y `[samples]`. */
  fit(X: Table, y: LabelInput<L>, options?: FitControl): Promise<FittedEstimator<L>>;
  /** Whether it predicts numbers: then whole numbers in y are not classes. Default false. */
  readonly isRegressor?: boolean;
}

export const isRegressor = (value: unknown): boolean => Object(value).isRegressor === true;

export const having = (expected: string, method: string): Kind => ({
  expected: `${expected} with ${method}()`,
  accepts: (value) => typeof Object(value)[method] === "function",
});

/** A number of folds, or a splitter. */
export const cvKind = /* @__PURE__ */ either(number, /* @__PURE__ */ having("a splitter", "split"));

/** X and y, checked. */
export interface Data<L extends Label> {
  readonly X: HostTable;
  readonly y: LabelList<L>;
}

/** Reads X in the form that an estimator accepts, and y. */
export async function readData<L extends Label>(
  who: string,
  estimator: unknown,
  X: Table,
  y: LabelInput<L>,
): Promise<Data<LabelKind<L>>> {
  const found = await readFor(who, estimator, X);
  return { X: found, y: await readLabelsOrNumbers<LabelKind<L>>(who, y, found.samples) };
}

async function readFor(who: string, estimator: unknown, X: Table): Promise<HostTable> {
  if (takesTables(estimator)) return readTable(who, X);
  const { host, ...size } = await readMatrix(who, X as never);
  return { ...size, cells: host };
}

/** Folds of y: from a splitter, or stratified ones if y looks like labels and the estimator is no regressor. */
export function foldsOf<L extends Label>(
  who: string,
  { X, y }: Data<L>,
  cv: number | Splitter,
  estimator: unknown,
): Fold[] {
  const splitter = typeof cv === "number" ? splitterFor(y, cv, isRegressor(estimator)) : cv;
  const folds = splitter.split(X.samples, y);
  if (folds.length > 0) return folds;
  throw new ValueError(`${who}: expected one fold at least, got none; check cv.split`);
}

function splitterFor(y: ArrayLike<Label>, nSplits: number, regresses: boolean): Splitter {
  const values = Array.from(y);
  const few = () => new Set(values).size <= Math.max(2, values.length / 10);
  const labels = typeof values[0] !== "number" || (values.every(Number.isInteger) && few());
  return labels && !regresses ? new StratifiedKFold({ nSplits }) : new KFold({ nSplits });
}

/** Fits on the training rows of a fold and scores on the held-out rows; nothing stays on the GPU. */
export async function heldOutScore<L extends Label>(
  estimator: Estimator<L>,
  { X, y }: Data<L>,
  { train, test }: Fold,
  { scoring, signal }: { readonly scoring: Scoring<L> | undefined } & FitControl,
): Promise<number> {
  const own = signal ? { signal } : {};
  const model = await estimator.fit(tableRows(X, train), labelsAt(y, train), own);
  try {
    return await scoreOf(model, tableRows(X, test), labelsAt(y, test), scoring);
  } finally {
    model.dispose?.();
  }
}
