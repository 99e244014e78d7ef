import { scope, tensor } from "wgrad";
import { type Clothes, classes, SIDE } from "../../resnet/data.ts";
import { bySeed } from "../../shared/by_seed.ts";
import { byId, make } from "../../shared/dom.ts";
import { choice, Slider } from "../../shared/fields.ts";
import { percent } from "../../shared/format.ts";
import { type Jobs, pause } from "../../shared/jobs.ts";
import { uniform } from "../../shared/random.ts";
import * as words from "../../words/en/augmentation/mixing.ts";
import type { Settings } from "../settings.ts";
import { canvasOf, draw } from "../wall/picture.ts";
import { mixingOf, mixings } from "./mixings.ts";

/** Number of pictures in the batch. */
const COUNT = 6;

const SETTLE = 25;

/** A batch mixed with a permutation of itself, and the resulting labels. */
export class MixingPanel {
  readonly #settings: Settings;
  readonly #clothes: Clothes;
  readonly #jobs: Jobs;
  readonly #alpha: Slider;
  readonly #side: Slider;
  readonly #figures: readonly Mixed[];
  #labels: number[][] = [];

  constructor(settings: Settings, clothes: Clothes, jobs: Jobs) {
    this.#settings = settings;
    this.#clothes = clothes;
    this.#jobs = jobs;
    const how = choice({
      ...{ id: "mixing", label: words.method, options: mixings, value: settings.mixing },
      changed: (value) => {
        settings.mixing = value;
        this.make();
      },
    });
    // the slider sets log₁₀ α: 0.1 to 10
    this.#alpha = new Slider({
      ...{ id: "alpha", label: words.alphaOfBetaAlphaAlpha, min: -1, max: 1, step: 0.1 },
      value: Math.log10(settings.alpha),
      text: (position) => (10 ** position).toFixed(2),
      changed: (position) => {
        settings.alpha = 10 ** position;
        this.make();
      },
    });
    this.#side = new Slider({
      ...{ id: "side", label: words.sideOfSquare, min: 2, max: SIDE, step: 1 },
      value: settings.side,
      text: (side) => words.pixels(side),
      changed: (side) => {
        settings.side = side;
        this.make();
      },
    });
    byId("mixing-fields").append(how, this.#alpha.element, this.#side.element);
    byId("other-batch").addEventListener("click", () => {
      settings.batch++;
      this.make();
    });
    this.#figures = Array.from({ length: COUNT }, () => mixedFigure());
    byId("mixed").append(...this.#figures.map(({ element }) => element));
  }

  /** Labels of the batch: a row of probabilities for each picture. */
  result() {
    return { method: this.#settings.mixing, labels: this.#labels };
  }

  make(): void {
    const { mixing, batch } = this.#settings;
    this.#alpha.disabled = mixing === "cutout";
    this.#side.disabled = mixing !== "cutout";
    this.#jobs.run("mixing", async (signal) => {
      await pause(SETTLE, signal);
      const { images, labels } = this.#batch();
      const { x, y } = bySeed(batch, () =>
        scope(() => {
          const given = {
            x: tensor(images, { shape: [COUNT, 1, SIDE, SIDE] }),
            y: tensor(Uint32Array.from(labels)),
          };
          return mixingOf(mixing, this.#settings).forward(given);
        }),
      );
      const [pixels, rows] = await Promise.all([x.read(), y.read()]);
      for (const each of [x, y]) each.dispose();
      signal.throwIfAborted();
      this.#labels = labels.map((label, i) =>
        mixing === "cutout"
          ? classes.map((_, c) => Number(c === label))
          : Array.from(rows.slice(10 * i, 10 * (i + 1))),
      );
      this.#figures.forEach(({ show }, i) => {
        show(pixels.subarray(SIDE * SIDE * i), this.#labels[i] ?? []);
      });
      this.#tell(labels);
    });
  }

  /** Draws pictures of six kinds by the seed. */
  #batch() {
    const { train, labels, pixels } = this.#clothes;
    const random = uniform(this.#settings.batch);
    const left = [...classes.keys()];
    const kinds = Array.from(
      { length: COUNT },
      () => left.splice(Math.floor(random() * left.length), 1)[0] ?? 0,
    );
    const start = Math.floor(random() * 1000);
    const images = new Float32Array(COUNT * SIDE * SIDE);
    kinds.forEach((kind, i) => {
      const index = train.subarray(start).find((each) => labels[each] === kind) ?? 0;
      images.set(
        Float32Array.from(pixels(index), (grey) => grey / 255),
        i * SIDE * SIDE,
      );
    });
    return { images, labels: kinds };
  }

  #tell(labels: readonly number[]): void {
    const share = this.#labels[0]?.[labels[0] ?? 0] ?? 1;
    const { mixing, side } = this.#settings;
    const said = {
      cutout: words.squareOfAroundRandomPixel(side),
      mixup: words.lambdaForThisBatchEach(share.toFixed(2)),
      cutmix: words.ofEachPicturesAreaIs(percent(1 - share)),
    }[mixing];
    byId("mixing-message").textContent = said;
  }
}

interface Mixed {
  readonly element: HTMLElement;
  readonly show: (pixels: ArrayLike<number>, label: readonly number[]) => void;
}

/** A picture above bars for its label. */
function mixedFigure(): Mixed {
  const canvas = canvasOf(SIDE);
  const bars = make("figcaption");
  return {
    element: make("figure", {}, canvas, bars),
    show: (pixels, label) => {
      draw(canvas, pixels, { channels: 1, side: SIDE });
      const parts = [...label.entries()]
        .filter(([, share]) => share > 1e-6)
        .sort(([, a], [, b]) => b - a)
        .map(([kind, share]) =>
          make("span", {
            class: "share",
            text: `${classes[kind]} ${share.toFixed(2)}`,
            style: { "--share": percent(share).replace(" ", "") },
          }),
        );
      bars.replaceChildren(...parts);
    },
  };
}
