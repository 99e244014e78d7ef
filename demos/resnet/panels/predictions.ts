import { byId, make } from "../../shared/dom.ts";
import { percent } from "../../shared/format.ts";
import * as words from "../../words/en/resnet/panels.ts";
import { type Clothes, classes, SIDE } from "../data.ts";
import type { Prediction } from "../evaluate.ts";

const SHOWN = 20;

/** Held-out pictures with the predicted classes and their probabilities. */
export class PredictionsPanel {
  readonly #clothes: Clothes;
  readonly #host = byId("predictions");
  readonly #mistakes = byId("mistakes") as HTMLInputElement;
  readonly #pictures = new Map<number, HTMLCanvasElement>();
  #predictions: readonly Prediction[] = [];

  constructor(clothes: Clothes) {
    this.#clothes = clothes;
    this.#mistakes.addEventListener("change", () => this.#draw());
  }

  /** Shows the pictures alone, before there is a prediction. */
  preview(images: Uint32Array): void {
    this.#predictions = [];
    const pictures = [...images].map((image) => ({
      image,
      label: this.#clothes.labels[image] ?? 0,
    }));
    this.#host.replaceChildren(
      ...twoOfEach(pictures).map(({ image, label }) =>
        make(
          "figure",
          { class: "tile", style: { "--tone": "var(--line)" } },
          this.#picture(image),
          make("small", { text: classes[label] ?? "" }),
        ),
      ),
    );
  }

  show(predictions: readonly Prediction[]): void {
    this.#predictions = predictions;
    this.#draw();
  }

  #draw(): void {
    if (this.#predictions.length === 0) return;
    const chosen = this.#mistakes.checked
      ? surest(this.#predictions)
      : twoOfEach(this.#predictions);
    const none = make("p", { class: "hint", text: words.noMistakesAmongPicturesWas });
    this.#host.replaceChildren(...(chosen.length ? chosen.map((p) => this.#tile(p)) : [none]));
  }

  #tile({ image, label, predicted, confidence }: Prediction): HTMLElement {
    const right = label === predicted;
    const said = classes[predicted] ?? "?";
    const truth = right ? words.right : words.itIs(classes[label]);
    return make(
      "figure",
      {
        class: "tile",
        title: words.sure(said, percent(confidence, 0), truth),
        style: {
          "--tone": right ? "var(--blue)" : "var(--orange)",
          "--share": percent(confidence).replace(" ", ""),
        },
      },
      this.#picture(image),
      make("div", { class: "sure" }),
      make("strong", { text: `${right ? "✓" : "✗"} ${said}` }),
      make("small", { text: right ? percent(confidence, 0) : words.isTruth(classes[label]) }),
    );
  }

  #picture(image: number): HTMLCanvasElement {
    const known = this.#pictures.get(image);
    if (known) return known;
    const canvas = make("canvas", { attributes: { "aria-hidden": "true" } });
    canvas.width = SIDE;
    canvas.height = SIDE;
    const pixels = new ImageData(SIDE, SIDE);
    for (const [i, grey] of this.#clothes.pixels(image).entries())
      pixels.data.set([grey, grey, grey, 255], 4 * i);
    canvas.getContext("2d")?.putImageData(pixels, 0, 0);
    this.#pictures.set(image, canvas);
    return canvas;
  }
}

/** The first two pictures of every class: always the same ones, so that progress can be seen. */
function twoOfEach<P extends { readonly label: number }>(pictures: readonly P[]): P[] {
  return classes.flatMap((_, label) => pictures.filter((p) => p.label === label).slice(0, 2));
}

/** The mistakes with the highest probability. */
function surest(predictions: readonly Prediction[]): Prediction[] {
  return predictions
    .filter(({ label, predicted }) => label !== predicted)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, SHOWN);
}
