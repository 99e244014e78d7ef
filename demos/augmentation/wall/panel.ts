import { scope, tensor } from "wgrad";
import { Compose, type Transform } from "wgrad/data/transforms";
import { type Clothes, classes } from "../../resnet/data.ts";
import { bySeed } from "../../shared/by_seed.ts";
import { tellingKernels } from "../../shared/compiling.ts";
import { byId, make } from "../../shared/dom.ts";
import { chooseBy, onFiles } from "../../shared/drops.ts";
import { choice } from "../../shared/fields.ts";
import { type Jobs, pause } from "../../shared/jobs.ts";
import * as words from "../../words/en/augmentation/wall.ts";
import type { Settings } from "../settings.ts";
import { type Affine, matricesOf, matrixElement, OUTSIDE } from "./matrix.ts";
import { canvasOf, clothing, draw, ownPicture, type Picture } from "./picture.ts";
import { type Move, StrengthSliders } from "./sliders.ts";
import { fullMoves, movesOf, wallTransform } from "./transforms.ts";

/** Number of augmented pictures on the wall, beside the original. */
const COUNT = 23;

/** Milliseconds within which a further change replaces one that has not been drawn yet. */
const SETTLE = 25;

/** A picture and its versions after the transforms that the sliders set. */
export class WallPanel {
  readonly #settings: Settings;
  readonly #clothes: Clothes;
  readonly #jobs: Jobs;
  readonly #sliders: StrengthSliders;
  readonly #original = canvasOf(28);
  readonly #tiles = Array.from({ length: COUNT }, () => canvasOf(28));
  #own: Picture | undefined;
  #matrices: readonly (Affine | undefined)[] = [];
  #picked = 0;
  #shown = false;

  constructor(settings: Settings, clothes: Clothes, jobs: Jobs) {
    this.#settings = settings;
    this.#clothes = clothes;
    this.#jobs = jobs;
    this.#sliders = new StrengthSliders(byId("strengths"), settings, () => this.make());
    byId("wall").append(
      make("figure", {}, this.#original, make("figcaption", { text: words.thePicture })),
      ...this.#tiles.map((canvas, i) => this.#tile(canvas, i)),
    );
    const { values, ...picture } = this.#clothing();
    for (const canvas of [this.#original, ...this.#tiles]) draw(canvas, values, picture);
    this.#addSources();
    this.#say("");
    byId("other").addEventListener("click", () => {
      settings.seed++;
      this.make();
    });
  }

  /** The figures shown, as plain numbers. */
  result() {
    const { rotate, shift, zoom, shear, flip } = this.#settings;
    return { strengths: { rotate, shift, zoom, shear, flip }, matrices: this.#matrices };
  }

  /** Draws the wall again; a newer request replaces this one. */
  make(): void {
    this.#jobs.run("wall", async (signal) => {
      await pause(SETTLE, signal);
      const picture = this.#own ?? this.#clothing();
      const { seed } = this.#settings;
      const { side } = picture;
      await tellingKernels(byId("wall-message"), async () => {
        // at first the moves alone, before the kernels of the other transforms are compiled
        if (!this.#shown) await this.#show(picture, new Compose(movesOf(this.#settings)), signal);
        this.#shown = true;
        await this.#show(picture, wallTransform(this.#settings), signal);
      });
      const geometry = new Compose(movesOf(this.#settings, OUTSIDE));
      const matrices = await matricesOf(geometry, { seed, side, count: COUNT });
      const full = await this.#atFullStrength(side);
      signal.throwIfAborted();
      this.#matrices = matrices;
      this.#sliders.show(full);
      this.#showPicked();
    });
  }

  /** Draws the versions of a picture after a transform. */
  async #show(picture: Picture, transform: Transform, signal: AbortSignal): Promise<void> {
    const { channels, side, values } = picture;
    using made = bySeed(this.#settings.seed, () =>
      scope(() => {
        const all = new Float32Array(COUNT * values.length);
        for (let i = 0; i < COUNT; i++) all.set(values, i * values.length);
        return transform.forward(tensor(all, { shape: [COUNT, channels, side, side] }));
      }),
    );
    const pixels = await made.read();
    signal.throwIfAborted();
    draw(this.#original, values, picture);
    this.#tiles.forEach((canvas, i) => {
      draw(canvas, pixels, picture, i * values.length);
    });
  }

  /** The matrix of each geometric transform alone. */
  async #atFullStrength(side: number): Promise<Record<Move, Affine | undefined>> {
    const { rotate, zoom, shear, flip } = fullMoves(this.#settings);
    const of = async (transform: typeof rotate | typeof flip) =>
      (await matricesOf(transform, { seed: 0, side, count: 1 }))[0];
    const by = -Math.round(this.#settings.shift * side);
    return {
      rotate: await of(rotate),
      shift: [
        [1, 0, by],
        [0, 1, by],
      ],
      zoom: await of(zoom),
      shear: await of(shear),
      flip: await of(flip),
    };
  }

  #clothing(): Picture {
    const { kind } = this.#settings;
    const { heldOut, labels } = this.#clothes;
    return clothing(
      this.#clothes,
      heldOut.find((index) => labels[index] === kind) ?? 0,
      classes[kind] ?? "",
    );
  }

  #tile(canvas: HTMLCanvasElement, i: number): HTMLElement {
    const button = make("button", {
      attributes: { type: "button", "aria-label": words.pictureMatrix(i + 1) },
    });
    button.append(canvas);
    button.addEventListener("click", () => {
      this.#picked = i;
      this.#showPicked();
    });
    return button;
  }

  #showPicked(): void {
    byId("wall")
      .querySelectorAll("button")
      .forEach((button, i) => {
        button.setAttribute("aria-pressed", String(i === this.#picked));
      });
    byId("picked").replaceChildren(
      make("span", { text: words.pictureAllMovesInOne(this.#picked + 1) }),
      matrixElement(this.#matrices[this.#picked]),
    );
  }

  #addSources(): void {
    const kind = choice({
      ...{ id: "kind", label: words.picture },
      options: Object.fromEntries(classes.map((name, i) => [`${i}`, name])),
      value: `${this.#settings.kind}`,
      changed: (kind) => {
        this.#own = undefined;
        this.#settings.kind = Number(kind);
        this.#say("");
        this.make();
      },
    });
    byId("wall-source").prepend(kind);
    chooseBy(byId("own"), byId("file") as HTMLInputElement, ([file]) => this.#take(file));
    onFiles(([file]) => file && this.#take(file));
  }

  #take(file: File): void {
    this.#jobs.run("file", async (signal) => {
      try {
        const picture = await ownPicture(file);
        signal.throwIfAborted();
        this.#own = picture;
        this.#say(words.itsMiddle(file.name));
        this.make();
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        const reason = error instanceof Error ? error.message : String(error);
        this.#say(words.isNoPictureThatThis(file.name, reason));
      }
    });
  }

  #say(text: string): void {
    byId("wall-message").textContent = text;
  }
}
