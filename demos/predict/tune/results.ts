import type { Progress } from "wgrad/train";
import { Chart } from "../../shared/chart.ts";
import { byId, make } from "../../shared/dom.ts";
import { numbersOf } from "../../shared/fields.ts";
import { duration, percent } from "../../shared/format.ts";
import { TimeLeft } from "../../shared/time_left.ts";
import * as words from "../../words/en/predict/tune.ts";
import * as common from "../../words/en/shared/common.ts";
import type { Picture } from "../picture.ts";
import { drawPicture } from "../picture_panel.ts";
import type { Guess, Tuned } from "./tuning.ts";

/** Side of a thumbnail, in pixels. */
const FACE = 56;

interface Line {
  readonly x: number[];
  readonly y: number[];
}

/** Progress and result of the training. */
export class Results {
  readonly #look: (picture: Picture) => void;
  readonly #bar = byId("tune-bar") as HTMLProgressElement;
  readonly #numbers = numbersOf(byId("tune-numbers"), {
    step: common.stepHeading,
    left: common.timeLeft,
    loss: common.lossHeading,
    before: words.rightBefore,
    after: words.rightNow,
  });
  readonly #lossChart = new Chart(byId("tune-loss"), {
    ...{ label: words.lossByStepNoStep, height: 160, y: { min: 0 } },
    titles: { x: common.stepHeading, y: common.lossHeading },
    lines: [{ label: common.loss, colour: "blue" }],
  });
  readonly #shareChart = new Chart(byId("tune-accuracy"), {
    ...{ label: words.accuracyByStepNoStep, height: 160, y: { min: 0, max: 1 } },
    lines: [{ label: words.accuracy, colour: "orange", points: true }],
    titles: { x: common.stepHeading, y: common.accuracy },
    yValue: (value) => percent(value, 0),
    read: percent,
  });
  #left = new TimeLeft();
  #losses: Line = { x: [], y: [] };
  #shares: Line = { x: [], y: [] };

  /** `look` is called with a picture that the visitor wants to see. */
  constructor(look: (picture: Picture) => void) {
    this.#look = look;
  }

  /** Shows a new run; its accuracy is measured on held-out pictures or on the training pictures. */
  begin(heldOut: boolean): void {
    this.#losses = { x: [], y: [] };
    this.#shares = { x: [], y: [] };
    this.#bar.value = 0;
    this.#left = new TimeLeft();
    this.#numbers({ step: "–", left: "–", loss: "–", before: "–", after: "–" });
    byId("tune-run").hidden = false;
    byId("guesses").replaceChildren();
    byId("guesses-title").textContent = words.picturesIsMeasuredOn;
    byId("accuracy-title").textContent = heldOut
      ? words.accuracyOnHeldOutPictures
      : words.accuracyOnTrainingPictures;
    byId("accuracy-note").textContent = heldOut
      ? words.everyFourthPictureIsHeld
      : words.withFewerThanFourPictures;
  }

  step({ step, steps, loss }: Progress): void {
    this.#losses.x.push(step);
    this.#losses.y.push(loss);
    const left = this.#left.at(step, steps, performance.now() / 1000);
    this.#numbers({
      step: words.ofTotal(step, steps),
      loss: loss.toFixed(3),
      ...(left !== undefined && { left: duration(left) }),
    });
    this.#bar.value = step / steps;
    this.#lossChart.set([this.#losses], words.lossAfter(loss.toFixed(3), step));
  }

  measured(step: number, share: number): void {
    if (this.#shares.x.at(-1) === step) return;
    this.#shares.x.push(step);
    this.#shares.y.push(share);
    this.#numbers({ after: percent(share), ...(step === 0 && { before: percent(share) }) });
    this.#shareChart.set([this.#shares], words.accuracyAfter(percent(share), step));
  }

  end({ guesses, split }: Tuned): void {
    this.#numbers({ left: "–" });
    const right = guesses.filter(({ is, found }) => is === found).length;
    const which = split.heldOut.length > 0 ? words.heldOutPictures : words.picturesLearnedFrom;
    byId("guesses-title").textContent = words.ofAreRight(right, guesses.length, which);
    const wrongFirst = [...guesses].sort(
      (a, b) => Number(a.is === a.found) - Number(b.is === b.found),
    );
    byId("guesses").replaceChildren(...wrongFirst.map((guess) => this.#tile(guess)));
  }

  hide(): void {
    byId("tune-run").hidden = true;
  }

  #tile({ picture, is, found, probability }: Guess): HTMLElement {
    const face = make("canvas", { attributes: { "aria-hidden": "true" } });
    drawPicture(face, picture.source, FACE);
    const right = is === found;
    const said = `${right ? "✓" : "✗"} ${found}`;
    const label = `${said} ${percent(probability, 0)}, ${picture.name}${right ? "" : words.whichIs(is)}`;
    const button = make(
      "button",
      { title: label, attributes: { type: "button" } },
      face,
      make("span", { text: said, class: right ? "right" : "wrong" }),
      " ", // separates the two for screen readers
      make("span", { text: percent(probability, 0), class: "hint" }),
    );
    button.addEventListener("click", () => this.#look(picture));
    return button;
  }
}
