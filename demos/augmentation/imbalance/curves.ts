import { precisionRecallCurve, rocAucScore, rocCurve } from "wgrad/ml";
import { Chart } from "../../shared/chart.ts";
import { byId } from "../../shared/dom.ts";
import { percent } from "../../shared/format.ts";
import * as words from "../../words/en/augmentation/imbalance.ts";
import type { Counts } from "./scores.ts";

const share = { yValue: (value: number) => percent(value, 0), read: percent };
const range = { height: 210, y: { min: 0, max: 1 } };

/** Points along the x axis of a curve. */
const PLACES = Array.from({ length: 201 }, (_, i) => i / 200);

/** The ROC curve and the precision-recall curve, with the threshold marked on both. */
export class RareCurves {
  readonly #roc = new Chart(byId("roc"), {
    ...{ label: words.rocCurve, ...range, ...share },
    titles: { x: words.falsePositiveRate, y: words.truePositiveRate },
    lines: [
      { label: words.chance, colour: "ghost", dash: [5, 4], width: 1.5, silent: true },
      { label: words.truePositives, colour: "blue", width: 2.5 },
      { label: words.threshold, colour: "orange", width: 1, points: true, silent: true },
    ],
  });
  readonly #precision = new Chart(byId("precision-recall"), {
    ...{ label: words.precisionByRecall, ...range, ...share },
    titles: { x: words.recall, y: words.precision },
    lines: [
      { label: words.chance, colour: "ghost", dash: [5, 4], width: 1.5, silent: true },
      { label: words.precisionOfCurve, colour: "blue", width: 2.5 },
      { label: words.threshold, colour: "orange", width: 1, points: true, silent: true },
    ],
  });

  /** Draws the curves of log-odds; `counts` is the confusion matrix at the threshold. */
  show(y: readonly number[], odds: Float64Array, averagePrecision: number, counts: Counts): void {
    const labels = [...y];
    const { fpr, tpr } = rocCurve(labels, odds);
    const { tn, fp, fn, tp } = counts;
    // at each of the false positive rates, the greatest true positive rate
    const roc = PLACES.map((at) => tpr[fpr.findLastIndex((each) => each <= at + 1e-12)] ?? 0);
    const area = rocAucScore(labels, odds);
    this.#roc.set(
      [
        { x: [0, 1], y: [0, 1] },
        { x: PLACES, y: roc },
        { x: [fp / (fp + tn)], y: [tp / (tp + fn)] },
      ],
      words.rocCurveSaid(area.toFixed(3), percent(tp / (tp + fn)), percent(fp / (fp + tn))),
    );
    const { precision, recall } = precisionRecallCurve(labels, odds);
    // recall falls along the list: the first entry from the end with at least this recall
    const steps = PLACES.map((at) => {
      const i = recall.findLastIndex((each) => each >= at - 1e-12);
      return precision[i] ?? 0;
    });
    const rare = (tp + fn) / y.length;
    this.#precision.set(
      [
        { x: [0, 1], y: [rare, rare] },
        { x: PLACES.slice(1), y: steps.slice(1) },
        tp + fp > 0 ? { x: [tp / (tp + fn)], y: [tp / (tp + fp)] } : { x: [], y: [] },
      ],
      words.precisionByRecallSaid(averagePrecision.toFixed(3), percent(rare)),
    );
  }
}
