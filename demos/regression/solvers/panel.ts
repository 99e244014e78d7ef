import { Chart } from "../../shared/chart.ts";
import { byId } from "../../shared/dom.ts";
import { numbersOf, Slider } from "../../shared/fields.ts";
import { number, powerOfTen } from "../../shared/format.ts";
import { type Jobs, pause } from "../../shared/jobs.ts";
import { addLegend } from "../../shared/legend.ts";
import * as words from "../../words/en/regression/solvers.ts";
import * as common from "../../words/en/shared/common.ts";
import type { Settings } from "../settings.ts";
import { type Solved, STEPS, solve } from "./solve.ts";

const SETTLE = 40;
/** Smaller differences from the least loss are drawn at this value, since f32 does not resolve them. */
const FLOOR = 1e-8;
/** Larger differences are drawn at this value. */
const CEILING = 1e4;

/** One line fitted by the normal equations, gradient descent and Newton's method. */
export class SolversPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #chart: Chart;
  readonly #numbers = numbersOf(byId("solver-numbers"), {
    exact: words.leastSquaredError,
    descent: words.afterGradientDescent,
    newton: words.afterOneNewtonStep,
    condition: words.largestLeastCurvature,
  });
  result: object | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    const lines = [
      { label: words.gradientDescent, colour: "blue" },
      { label: words.newton, colour: "orange", dash: [8, 4], points: true },
    ];
    addLegend(byId("solver-legend"), lines);
    this.#chart = new Chart(byId("solver-chart"), {
      label: words.squaredErrorAboveLeastOne,
      lines,
      yValue: powerOfTen,
      read: (power) => number(10 ** power),
      titles: { x: common.step, y: words.errorAboveLeast },
    });
    const slider = (
      id: "rate" | "shift",
      label: string,
      [min, max, step]: readonly [number, number, number],
      text: (position: number) => string,
    ) =>
      new Slider({
        ...{ id, label, min, max, step, value: settings[id], text },
        changed: (value) => {
          settings[id] = value;
          this.solve();
        },
      }).element;
    byId("solver-fields").append(
      slider("rate", words.learningRateOfGradient, [-3, 0.5, 0.05], (v) => number(10 ** v)),
      slider("shift", words.howFarXLiesFrom, [0, 4, 0.25], number),
    );
  }

  solve(): void {
    this.#jobs.run("solvers", async (signal) => {
      await pause(SETTLE, signal);
      const { rate: power, shift } = this.#settings;
      const rate = Number((10 ** power).toPrecision(3));
      const onRound = (so: Solved) => this.#show(so, words.stepOf(so.descent.length - 1, STEPS));
      const solved = await solve({ rate, shift }, { signal, onRound });
      const said = sentence(solved, rate);
      this.#show(solved, said);
      this.result = { rate, shift, ...solved, sentence: said };
    });
  }

  #show({ exact, descent, newton, condition }: Solved, said: string): void {
    const above = (losses: readonly number[]) =>
      losses.map((loss) => {
        const gap = Number.isFinite(loss) ? loss - exact.loss : CEILING;
        return Math.log10(Math.min(CEILING, Math.max(FLOOR, gap)));
      });
    const points = (losses: readonly number[]) => ({ x: [...losses.keys()], y: above(losses) });
    this.#chart.set([points(descent), points(newton)], words.squaredErrorByStep(said));
    this.#numbers({
      exact: exact.loss.toFixed(4),
      descent: number(Number(descent.at(-1))),
      newton: Number(newton[1]).toFixed(4),
      condition: number(Number(condition.toPrecision(3))),
    });
    byId("solver-message").textContent = said;
  }
}

function sentence({ exact, descent, newton }: Solved, rate: number): string {
  const [first, last] = [Number(descent[0]), Number(descent.at(-1))];
  const gap = Number(newton[1]) - exact.loss;
  const one = words.oneNewtonStepComesTo(gap < 1e-6 ? "0.000001" : number(gap));
  return last < first
    ? words.stepsOfGradientDescentAre(one, STEPS, number(Math.max(0, last - exact.loss)))
    : words.gradientDescentWithRateOf(
        one,
        number(rate),
        number(first),
        Number.isFinite(last),
        number(last),
      );
}
