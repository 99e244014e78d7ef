import { Chart } from "../../shared/chart.ts";
import { byId } from "../../shared/dom.ts";
import { numbersOf, Slider } from "../../shared/fields.ts";
import { number } from "../../shared/format.ts";
import { type Jobs, pause } from "../../shared/jobs.ts";
import { addLegend } from "../../shared/legend.ts";
import type { Settings } from "../settings.ts";
import { type Solved, STEPS, solve } from "./solve.ts";

const SETTLE = 40;
/** Losses nearer to the least one than this are drawn there: f32 has no more digits. */
const FLOOR = 1e-8;
/** Losses further off are drawn there. */
const CEILING = 1e4;

/** One line by normal equations, gradient descent and Newton's method. */
export class SolversPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #chart: Chart;
  readonly #numbers = numbersOf(byId("solver-numbers"), {
    exact: "Least squared error",
    descent: "After gradient descent",
    newton: "After one Newton step",
    condition: "Largest / least curvature",
  });
  result: object | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    const lines = [
      { label: "gradient descent", colour: "blue" },
      { label: "Newton", colour: "orange", dash: [8, 4], points: true },
    ];
    addLegend(byId("solver-legend"), lines);
    this.#chart = new Chart(byId("solver-chart"), {
      label: "Squared error above the least one, by step",
      lines,
      yValue: (power) => `10^${power}`,
      read: (power) => number(10 ** power),
      titles: { x: "step", y: "error above the least" },
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
      slider("rate", "Learning rate of gradient descent", [-3, 0.5, 0.05], (v) => number(10 ** v)),
      slider("shift", "How far x lies from 0", [0, 4, 0.25], number),
    );
  }

  solve(): void {
    this.#jobs.run("solvers", async (signal) => {
      await pause(SETTLE, signal);
      const { rate: power, shift } = this.#settings;
      const rate = Number((10 ** power).toPrecision(3));
      const onRound = (so: Solved) => this.#show(so, `Step ${so.descent.length - 1} of ${STEPS} …`);
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
    this.#chart.set([points(descent), points(newton)], `Squared error by step. ${said}`);
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
  const one = `One Newton step comes to within ${gap < 1e-6 ? "0.000001" : number(gap)} of the least error, as the normal equations do`;
  return last < first
    ? `${one}; ${STEPS} steps of gradient descent are ${number(Math.max(0, last - exact.loss))} above it.`
    : `${one}; gradient descent with a rate of ${number(rate)} runs away: its error grows from ${number(first)} to ${Number.isFinite(last) ? number(last) : "more than numbers hold"}.`;
}
