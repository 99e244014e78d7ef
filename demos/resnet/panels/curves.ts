import { Chart, type Points } from "../../shared/chart.ts";
import { byId, make } from "../../shared/dom.ts";
import { percent } from "../../shared/format.ts";
import * as words from "../../words/en/resnet/panels.ts";
import * as common from "../../words/en/shared/common.ts";

/** Data that the charts keep of a run. */
export interface Curves {
  /** Settings of the run in a few words. */
  readonly label: string;
  readonly losses: readonly number[];
  readonly accuracy: Points;
  /** Number of held-out pictures in an evaluation on the way, and at the end. */
  readonly glance: number;
  readonly heldOut: number;
}

const NONE: Points = { x: [], y: [] };

/** Limit for the points of a line: more than a chart has pixels would only take time. */
const MOST_POINTS = 600;

/** Loss and held-out accuracy by step, drawn over those of the previous run. */
export class CurvesPanel {
  readonly #loss = new Chart(byId("loss-chart"), {
    label: common.lossByStep,
    titles: { x: common.stepHeading, y: common.lossHeading },
    y: { min: 0 },
    lines: [
      { label: words.runBefore, colour: "ghost", dash: [6, 5] },
      { label: words.eachStep, colour: "sky", width: 1, alpha: 0.45 },
      { label: words.smoothed, colour: "blue", width: 2.5 },
    ],
  });
  readonly #accuracy = new Chart(byId("accuracy-chart"), {
    label: words.heldOutAccuracyByStep,
    y: { min: 0, max: 1 },
    titles: { x: common.stepHeading, y: common.accuracy },
    yValue: (value) => percent(value, 0),
    read: percent,
    lines: [
      { label: words.runBefore, colour: "ghost", dash: [6, 5] },
      { label: words.thisRun, colour: "blue", width: 2.5, points: true },
    ],
  });

  show(run: Curves | undefined, before: Curves | undefined): void {
    const losses = run?.losses ?? [];
    const smooth = smoothed(losses);
    const last = smooth.at(-1);
    this.#loss.set(
      [before ? thinned(smoothed(before.losses)) : NONE, thinned(losses), thinned(smooth)],
      words.lossByStepNow(last?.toFixed(3)),
    );
    const accuracy = run?.accuracy.y.at(-1);
    this.#accuracy.set(
      [before?.accuracy ?? NONE, run?.accuracy ?? NONE],
      words.heldOutAccuracyByStepNow(accuracy === undefined ? undefined : percent(accuracy)),
    );
    const ghost = before ? [key("ghost", words.before(before.label))] : [];
    byId("loss-legend").replaceChildren(
      key("blue", words.smoothed),
      key("sky", words.eachStep),
      ...ghost,
    );
    byId("accuracy-legend").replaceChildren(
      ...(run ? [key("blue", run.label), make("span", { text: asked(run) })] : []),
      ...ghost,
    );
  }
}

/** Says how many pictures the accuracy is measured on. */
function asked({ glance, heldOut }: Curves): string {
  const all = words.pictures(heldOut.toLocaleString("en-GB"));
  return glance < heldOut ? words.ofAtEndOf(glance, all) : words.ofTotal(all);
}

/** An entry of a legend. */
export function key(colour: string, text: string): HTMLElement {
  return make("span", { class: "key", text, style: { "--key": `var(--${colour})` } });
}

/** Exponential moving average over about 10 steps, unbiased at the start as in Adam. */
export function smoothed(values: readonly number[]): number[] {
  let mean = 0;
  let weight = 0;
  return values.map((value) => {
    mean += 0.1 * (value - mean);
    weight += 0.1 * (1 - weight);
    return mean / weight;
  });
}

function thinned(values: readonly number[]): Points {
  const stride = Math.ceil(values.length / MOST_POINTS) || 1;
  const last = values.length - 1;
  const x = values.flatMap((_, i) => (i % stride === 0 || i === last ? [i + 1] : []));
  return { x, y: x.map((step) => values[step - 1] ?? Number.NaN) };
}
