import { Chart, type Line } from "../../shared/chart.ts";
import { byId, make } from "../../shared/dom.ts";
import { Slider } from "../../shared/fields.ts";
import { number, percent } from "../../shared/format.ts";
import { type Jobs, pause } from "../../shared/jobs.ts";
import { key } from "../../shared/legend.ts";
import * as words from "../../words/en/normalisation/shift.ts";
import type { Settings } from "../settings.ts";
import type { Question } from "../training/learner.ts";
import type { Trained } from "../training/panel.ts";
import { sides } from "../training/sides.ts";

const SETTLE = 30;
/** Values added to the pictures, in deviations of a pixel. */
const SHIFTS = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2] as const;

/** One way to evaluate one network. */
interface Way {
  readonly trained: Trained;
  readonly name: string;
  /** Index among the `lines`. */
  readonly line: number;
  readonly own: boolean;
}

/** Both networks in evaluation mode, then batch norms with the statistics of the evaluated pictures. */
const lines = [
  ...sides.map(({ colour, dash }) => ({ colour, dash })),
  { colour: "green", dash: [2, 4] },
  { colour: "pink", dash: [10, 3, 2, 3] },
].map((look): Line => ({ ...look, label: look.colour, points: true }));

/** Accuracy of trained networks on changed pictures. */
export class ShiftPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #chart: Chart;
  #trained: readonly Trained[] = [];
  result: object | undefined;

  /** `jobs`: the jobs that train the networks, so that none is evaluated while it trains. */
  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    const slider = (
      id: "shift" | "contrast",
      label: string,
      [min, max, step]: readonly [number, number, number],
    ) =>
      new Slider({
        ...{ id, label, min, max, step, value: settings[id], text: number },
        changed: (value) => {
          settings[id] = value;
          this.#again();
        },
      });
    const shift = slider("shift", words.addedToEveryPixel, [-2, 2, 0.1]);
    const contrast = slider("contrast", words.contrastMultipliedBy, [0.25, 2, 0.05]);
    byId("shift-fields").append(shift.element, contrast.element);
    this.#chart = new Chart(byId("shift-chart"), {
      ...{ label: words.heldOutAccuracyByShift, lines, y: { min: 0, max: 1 } },
      yValue: (share) => `${Math.round(100 * share)} %`,
      read: (share) => percent(share),
      titles: { x: words.addedToEveryPixelIn, y: words.heldOutAccuracy },
      pick: (x) => shift.move(x),
    });
  }

  /** Evaluates networks that have just been trained. */
  async ask(trained: readonly Trained[]): Promise<void> {
    this.#trained = trained;
    await this.#look(new AbortController().signal);
  }

  #again(): void {
    if (this.#trained.length === 0) return;
    this.#jobs.run("shift", async (signal) => {
      await pause(SETTLE, signal);
      await this.#look(signal);
    });
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { shift, contrast } = this.#settings;
    const ways = waysOf(this.#trained);
    const asked = async (question: Question) => {
      const found: number[] = [];
      for (const { trained, own } of ways) {
        found.push(await trained.learner.accuracy({ ...question, own }));
        signal.throwIfAborted();
      }
      return found;
    };
    const plain = await asked({});
    const here = await asked({ shift, contrast });
    this.#tell(ways, plain, here);
    const table: number[][] = [];
    for (const at of SHIFTS) table.push(await asked({ shift: at, contrast }));
    const said = byId("shift-message").textContent ?? "";
    const points = lines.map((_, line) => {
      const way = ways.findIndex((each) => each.line === line);
      return way < 0
        ? { x: [], y: [] }
        : { x: [...SHIFTS], y: table.map((row) => row[way] ?? Number.NaN) };
    });
    this.#chart.set(points, words.heldOutAccuracyByWhatIsAdded(said));
    this.result = {
      ...{ shift, contrast, plain, here, shifts: SHIFTS, table },
      ways: ways.map(({ name }) => name),
      sentence: said,
    };
  }

  #tell(ways: readonly Way[], plain: readonly number[], here: readonly number[]): void {
    const rows = ways.map(({ name, line }, i) =>
      make(
        "tr",
        {},
        make("th", { attributes: { scope: "row" } }, key(name, lines[line]?.colour ?? "ink")),
        ...[plain, here].map((shares) => make("td", { text: percent(shares[i] ?? Number.NaN) })),
      ),
    );
    byId("shift-rows").replaceChildren(...rows);
    const { shift, contrast } = this.#settings;
    const fell = ways.map(({ name }, i) =>
      words.fromTo(name, percent(plain[i] ?? 0), percent(here[i] ?? 0)),
    );
    byId("shift-message").textContent = words.withAddedAndContrast(
      number(shift),
      number(contrast),
      fell.join("; "),
    );
  }
}

/** Both networks in evaluation mode; those with running statistics also with the pictures' own. */
function waysOf(trained: readonly Trained[]): readonly Way[] {
  const evaluation = trained.map((each, line) => ({
    ...{ trained: each, line, own: false },
    name: each.running ? words.runningStatistics(each.name) : each.name,
  }));
  const own = trained.flatMap((each, i) =>
    each.running
      ? [{ trained: each, line: 2 + i, own: true, name: words.thesePicturesOwn(each.name) }]
      : [],
  );
  return [...evaluation, ...own];
}
