import { byId, make } from "../../shared/dom.ts";
import { chooseBy, onFiles } from "../../shared/drops.ts";
import { choice, numbersOf, Slider } from "../../shared/fields.ts";
import { number } from "../../shared/format.ts";
import { type Jobs, STOPPING } from "../../shared/jobs.ts";
import { setProgress, showFailure } from "../../shared/page.ts";
import { reasonOf } from "../../shared/reasons.ts";
import * as words from "../../words/en/kmeans/photo.ts";
import * as common from "../../words/en/shared/common.ts";
import { MOST_COLOURS, type PhotoName, photos, type Settings, samples } from "../settings.ts";
import { type Picture, photo, pictureOf } from "./picture.ts";
import { type Quantised, quantise } from "./quantise.ts";
import { swatches } from "./swatches.ts";

const JOB = "photo";

/** The second half of the page: a photograph reduced to few colours. */
export class PhotoPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #run = byId("quantise") as HTMLButtonElement;
  readonly #stop = byId("stop") as HTMLButtonElement;
  readonly #bar = byId("photo-progress") as HTMLProgressElement;
  readonly #file = byId("file") as HTMLInputElement;
  readonly #say = (text: string) => {
    byId("photo-message").textContent = text;
  };
  readonly #numbers = numbersOf(byId("photo-numbers"), {
    pixels: words.pixels,
    error: words.meanError,
    iterations: words.rounds,
    fit: words.findingColours,
    apply: words.painting,
  });
  #picture: Picture | undefined;
  /** The name of the picture that is shown, and the picture that was asked for last. */
  #shown = "";
  #wanted: Promise<Picture> | undefined;
  /** Whether the wanted picture could be loaded. */
  #taken: Promise<boolean> = Promise.resolve(false);
  /** The last picture that was finished. */
  quantised: Quantised | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    for (const [name, text] of Object.entries(photos) as [PhotoName, string][]) {
      const button = make("button", { text, attributes: { type: "button" } });
      button.dataset.photo = name;
      button.addEventListener("click", () => this.#choose(name, photo(name)));
      byId("photos").insertBefore(button, byId("own"));
    }
    this.#addFields();
    this.#acceptFiles();
    this.#run.addEventListener("click", () => this.start());
    this.#stop.addEventListener("click", () => {
      jobs.stop(JOB);
      this.#stop.disabled = true;
      this.#say(STOPPING);
    });
  }

  /** Shows the picture of the settings unchanged. */
  async open(): Promise<void> {
    const { photo: name } = this.#settings;
    this.#taken = this.#take(name, photo(name));
    await this.#taken;
  }

  /** Finds the palette; replaces a search that is in progress. */
  start(): void {
    const { colours, sample } = this.#settings;
    this.#jobs.run(JOB, async (signal) => {
      this.#busy(true);
      try {
        this.#say(words.lookingForColours);
        await this.#taken;
        signal.throwIfAborted();
        const picture = this.#picture;
        if (!picture) return; // the failed loading has shown its reason
        const count = Number(sample);
        const found = await quantise(
          picture,
          { colours, count },
          { signal, onProgress: (progress) => this.#progress(progress) },
        );
        this.quantised = found;
        this.#show(found);
      } finally {
        this.#busy(false);
        if (signal.aborted) this.#say(common.stopped);
      }
    });
  }

  #addFields(): void {
    const settings = this.#settings;
    const colours = new Slider({
      id: "colours",
      label: words.colours,
      ...{ min: 2, max: MOST_COLOURS, step: 1, value: settings.colours },
      text: String,
      changed: (value) => {
        settings.colours = value;
        this.start();
      },
    });
    const sample = choice({
      id: "sample",
      label: words.lookForThemIn,
      options: samples,
      value: settings.sample,
      changed: (value) => {
        settings.sample = value;
        this.start();
      },
    });
    byId("photo-fields").append(colours.element, sample);
  }

  #acceptFiles(): void {
    chooseBy(byId("own"), this.#file, ([file]) => this.#open(file));
    onFiles(([file]) => this.#open(file));
  }

  #open(file: File | undefined): void {
    if (!file) return;
    pictureOf(file, file.name).then(
      (picture) => this.#choose("own", Promise.resolve(picture)),
      () => this.#say(words.isNoPictureThisBrowser(file.name)),
    );
  }

  #choose(name: string, coming: Promise<Picture>): void {
    this.#taken = this.#take(name, coming);
    this.#taken.then((taken) => taken && this.start(), showFailure);
  }

  /** Shows a picture once it is there; if it does not come, says so, keeps the one before, and returns false. */
  async #take(name: string, coming: Promise<Picture>): Promise<boolean> {
    this.#wanted = coming;
    this.#press(name);
    try {
      const picture = await coming;
      if (this.#wanted !== coming) return false;
      [this.#picture, this.#shown] = [picture, name];
      show("original", picture.image);
      return true;
    } catch (error) {
      const reason = reasonOf(error);
      if (this.#wanted !== coming) return false;
      this.#press(this.#shown);
      this.#say(words.couldNotBeLoaded(photos[name as PhotoName], reason));
      return false;
    }
  }

  #press(name: string): void {
    for (const button of byId("photos").querySelectorAll("button")) {
      const mine = button.dataset.photo ?? "own";
      button.setAttribute("aria-pressed", String(mine === name));
    }
  }

  #busy(busy: boolean): void {
    this.#stop.disabled = !busy;
    this.#bar.value = 0;
  }

  #progress({ iteration, maxIterations }: { iteration: number; maxIterations: number }): void {
    this.#bar.max = maxIterations;
    this.#bar.value = iteration;
    this.#say(words.roundAtMost(iteration, maxIterations));
    setProgress(iteration, maxIterations, words.photoRound(iteration));
  }

  #show(found: Quantised): void {
    show("original", found.picture.image);
    show("result", found.image);
    byId("palette").replaceChildren(...swatches(found));
    const seconds = (value: number) => words.seconds(number(Number(value.toPrecision(2))));
    this.#numbers({
      pixels: number(found.image.width * found.image.height),
      error: number(found.error),
      iterations: String(found.iterations),
      fit: seconds(found.seconds.fit),
      apply: seconds(found.seconds.apply),
    });
    const wanted = this.#settings.colours;
    const k = found.shares.length;
    this.#say(words.coloursFound(k, number(found.sample), k < wanted));
  }
}

function show(id: string, image: ImageData): void {
  const canvas = byId(id) as HTMLCanvasElement;
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
