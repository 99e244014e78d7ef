import { make } from "../../shared/dom.ts";
import { duration, number, percent } from "../../shared/format.ts";
import { TimeLeft } from "../../shared/time_left.ts";
import * as words from "../../words/en/resnet/panels.ts";
import * as common from "../../words/en/shared/common.ts";
import type { Trainer } from "../trainer.ts";

const names = {
  step: common.stepHeading,
  epoch: words.epoch,
  loss: common.lossHeading,
  accuracy: common.accuracy,
  speed: words.imagesS,
  left: common.timeLeft,
} as const;

/** Figures of a run, and its progress. */
export class StatsPanel {
  readonly #values: Readonly<Record<keyof typeof names, HTMLElement>>;
  readonly #bar = make("progress", { attributes: { max: "1", "aria-label": words.progress } });

  #left = new TimeLeft();
  #trainer: Trainer | undefined;

  constructor(host: HTMLElement) {
    const list = make("dl", { class: "numbers" });
    const value = (name: string) => {
      const shown = make("dd");
      list.append(make("div", {}, make("dt", { text: name }), shown));
      return shown;
    };
    this.#values = {
      step: value(names.step),
      epoch: value(names.epoch),
      loss: value(names.loss),
      accuracy: value(names.accuracy),
      speed: value(names.speed),
      left: value(names.left),
    };
    host.append(list, this.#bar);
    this.clear();
  }

  /** Figures of a run that has not begun. */
  clear(): void {
    for (const value of Object.values(this.#values)) value.textContent = "–";
    this.#bar.value = 0;
  }

  show(
    trainer: Trainer,
    images: number,
    loss: number | undefined,
    accuracy: number | undefined,
  ): void {
    const { losses, total, settings, imagesPerSecond } = trainer;
    const done = losses.length;
    if (trainer !== this.#trainer) this.#left = new TimeLeft();
    this.#trainer = trainer;
    const seconds = this.#left.at(done, total, trainer.clock());
    const values = this.#values;
    values.step.textContent = words.stepsOfTotal(done, total);
    values.epoch.textContent = ((done * settings.batch) / images).toFixed(1);
    values.loss.textContent = loss === undefined ? "–" : loss.toFixed(3);
    values.accuracy.textContent = accuracy === undefined ? "–" : percent(accuracy);
    values.speed.textContent = imagesPerSecond > 0 ? number(Math.round(imagesPerSecond)) : "–";
    values.left.textContent = seconds === undefined ? "–" : duration(seconds);
    this.#bar.value = done / total;
  }
}
