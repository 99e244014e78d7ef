import { byId, make } from "../../shared/dom.ts";
import { numbersOf as namedNumbers, Slider } from "../../shared/fields.ts";
import { number } from "../../shared/format.ts";
import { type Jobs, pause } from "../../shared/jobs.ts";
import * as words from "../../words/en/normalisation/blocks.ts";
import { normNames, norms, placeOf } from "../norms.ts";
import type { Settings } from "../settings.ts";
import { type Blocks, measureBlocks, numbersOf, SHAPE } from "./measure.ts";
import { Picture } from "./picture.ts";

const SETTLE = 15;
/** Absolute value that has the full colour. */
const FULL = 2.5;

/** A batch as blocks of colour: which elements share statistics, and the normalised result. */
export class BlocksPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #pictures: Readonly<Record<"x" | "y" | "slopes", Picture>>;
  readonly #choices = new Map<string, HTMLButtonElement>();
  readonly #groups: Slider;
  readonly #beta: Slider;
  readonly #numbers = namedNumbers(byId("block-numbers"), {
    count: words.elementsThatShare,
    mean: words.theirMean,
    size: words.theirDeviation,
    x: "x",
    y: "y",
  });
  result: object | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    const host = byId("blocks");
    const choosing = { chosen: () => settings.at, pick: (at: number) => this.#set({ at }) };
    const picture = (name: string) => new Picture(host, name, choosing);
    this.#pictures = {
      x: picture(words.batchX),
      y: picture(words.normalisedY),
      slopes: picture(words.whatMovesMarkedYY),
    };
    for (const name of normNames) {
      const button = make("button", { text: norms[name].name, attributes: { type: "button" } });
      button.dataset.norm = name;
      button.addEventListener("click", () => this.#set({ norm: name }));
      this.#choices.set(name, button);
      byId("norm-choices").append(button);
    }
    const slider = (
      id: "gamma" | "beta",
      label: string,
      [min, max]: readonly [number, number],
    ): Slider =>
      new Slider({
        ...{ id, label, min, max, step: 0.05, value: settings[id], text: number },
        changed: (value) => this.#set({ [id]: value }),
      });
    this.#groups = new Slider({
      ...{ id: "groups", label: words.groupsOfFourChannels, min: 0, max: 2, step: 1 },
      value: Math.log2(settings.groups),
      text: (power) => String(2 ** power),
      changed: (power) => this.#set({ groups: 2 ** power }),
    });
    this.#beta = slider("beta", words.betaWhatIsAdded, [-2, 2]);
    byId("block-fields").append(
      this.#groups.element,
      slider("gamma", words.gammaWhatNormalisedIs, [-2, 3]).element,
      this.#beta.element,
    );
    byId("other-numbers").addEventListener("click", () =>
      this.#set({ numbers: (settings.numbers + 1) % 1e6 }),
    );
  }

  measure(): void {
    const { norm } = this.#settings;
    for (const [name, button] of this.#choices)
      button.setAttribute("aria-pressed", String(name === norm));
    this.#groups.disabled = norm !== "group";
    this.#beta.disabled = norm === "rms";
    this.#jobs.run("blocks", async (signal) => {
      await pause(SETTLE, signal);
      const settings = { ...this.#settings };
      const blocks = await measureBlocks(numbersOf(settings.numbers), settings);
      signal.throwIfAborted();
      this.#show(blocks, settings);
    });
  }

  #set(changed: Partial<Settings>): void {
    Object.assign(this.#settings, changed);
    this.measure();
  }

  #show(blocks: Blocks, settings: Settings): void {
    const { norm, at } = settings;
    const said = sentence(blocks, settings);
    const steepest = Math.max(...blocks.slopes.map(Math.abs));
    for (const [name, limit] of [
      ["x", FULL],
      ["y", FULL],
      ["slopes", steepest],
    ] as const) {
      const spoken = words.arrowKeysChooseAnother(what[name], said);
      this.#pictures[name].show({ values: blocks[name], limit, shared: blocks.shared, at }, spoken);
    }
    this.#numbers({
      count: String(blocks.shared.length),
      mean: norm === "rms" ? words.notUsed : blocks.mean.toFixed(3),
      size: blocks.size.toFixed(3),
      x: Number(blocks.x[at]).toFixed(3),
      y: Number(blocks.y[at]).toFixed(3),
    });
    byId("block-message").textContent = said;
    this.result = {
      ...{ norm, at, groups: settings.groups, gamma: settings.gamma, beta: settings.beta },
      ...blocks,
      sentence: said,
    };
  }
}

const what = {
  x: words.batchOfFourSamplesAnd,
  y: words.batchNormalised,
  slopes: words.howMuchMarkedElementOf,
} as const;

/** The sentence about the chosen element. */
function sentence({ shared, mean, size, x, y, slopes }: Blocks, settings: Settings): string {
  const { norm, at, gamma, beta } = settings;
  const { n, c } = placeOf(at, SHAPE);
  const moving = slopes.filter((slope) => Math.abs(slope) > 1e-6).length;
  const of = norm === "rms" ? words.rootMeanSquare(number(size)) : words.deviation(number(size));
  const shifted = norm === "rms" ? "" : ` − ${round(mean)}`;
  const more = norm === "rms" || beta === 0 ? "" : ` + ${round(beta)}`;
  const formula = `${round(gamma)} · (${round(x[at])}${shifted}) / ${number(size)}${more}`;
  return words.markedElementOfSampleAnd(
    n + 1,
    c + 1,
    shared.length - 1,
    norms[norm].shared,
    of,
    formula,
    round(y[at]),
    moving,
  );
}

const round = (value = Number.NaN) => number(Number(value.toPrecision(3)));
