import type { ImageTensorOptions } from "wgrad/data";
import { writeAddress } from "../../shared/address.ts";
import { showCode } from "../../shared/code.ts";
import { byId } from "../../shared/dom.ts";
import { download } from "../../shared/download.ts";
import { Slider } from "../../shared/fields.ts";
import { duration, percent } from "../../shared/format.ts";
import { Jobs, STOPPING } from "../../shared/jobs.ts";
import { setProgress, setStatus } from "../../shared/page.ts";
import { reasonOf } from "../../shared/reasons.ts";
import * as words from "../../words/en/predict/tune.ts";
import type { Network } from "../network.ts";
import type { Picture } from "../picture.ts";
import { program } from "../program.ts";
import { defaultSettings } from "../settings.ts";
import { ClassesPanel } from "./classes_panel.ts";
import { problemOf, split } from "./own_class.ts";
import type { Results } from "./results.ts";
import type { Tuned } from "./tuning.ts";

/** What the card needs of the page. */
export interface TuneHost {
  /** The network to tune, and its preparation of pictures. */
  readonly base: () => Network;
  readonly preparation: () => ImageTensorOptions;
  /** Switches to a tuned network, first for this picture; undefined switches back to the previous one. */
  readonly use: (network: Network | undefined, picture?: Picture) => void;
  readonly snapshot: () => Promise<Picture | string>;
  readonly look: (picture: Picture) => void;
  /** Called when all work is done. */
  readonly idle: () => void;
}

/** The card in which visitors train the network on classes of their own. */
export class TunePanel {
  readonly #host: TuneHost;
  readonly #jobs: Jobs;
  readonly #classes: ClassesPanel;
  /** Code that is loaded with the first training. */
  #results: Results | undefined;
  readonly #steps: Slider;
  readonly #buttons = {
    train: byId("train") as HTMLButtonElement,
    stop: byId("stop") as HTMLButtonElement,
    reset: byId("reset") as HTMLButtonElement,
    weights: byId("save-weights") as HTMLButtonElement,
    onnx: byId("save-onnx") as HTMLButtonElement,
  };
  #stop: AbortController | undefined;
  #tuned: Tuned | undefined;
  #seconds = 0;

  constructor(host: TuneHost, steps: number) {
    this.#host = host;
    this.#jobs = new Jobs(() => host.idle());
    this.#classes = new ClassesPanel({
      say: (text) => this.#say(text),
      snapshot: host.snapshot,
      changed: () => undefined,
    });
    this.#steps = stepsSlider(steps);
    byId("tune-fields").append(this.#steps.element);
    showCode(() => program(this.#steps.value));
    this.#buttons.train.addEventListener("click", () => this.train());
    this.#buttons.stop.addEventListener("click", () => this.#end());
    this.#buttons.reset.addEventListener("click", () => this.#reset());
    this.#buttons.weights.addEventListener("click", () =>
      this.#save("safetensors", async (network) =>
        (await import("./files.ts")).safetensorsOf(network),
      ),
    );
    this.#buttons.onnx.addEventListener("click", () =>
      this.#save("onnx", async (network) => (await import("../onnx.ts")).onnxOf(network)),
    );
    this.#update();
  }

  get busy(): boolean {
    return this.#jobs.busy;
  }

  /** Results of the last training, as plain JSON. */
  get result(): object | undefined {
    if (!this.#tuned) return undefined;
    const { network, split: parts, before, after, steps } = this.#tuned;
    return {
      classes: network.labels,
      trained: parts.train.length,
      heldOut: parts.heldOut.length,
      ...{ steps, before, after, seconds: this.#seconds },
    };
  }

  take(files: readonly File[], at: Element | undefined): void {
    this.#classes.take(files, at);
  }

  /** Discards the tuned network because the base has been replaced; stops a training in progress. */
  forget(): void {
    this.#jobs.stop("tuning");
    this.#tuned = undefined;
    this.#results?.hide();
    this.#update();
  }

  /** Fills in the example and trains on it. */
  async rehearse(): Promise<void> {
    await this.#classes.example();
    this.train();
  }

  train(): void {
    const classes = this.#classes.all.map(({ name, pictures }) => ({
      name,
      pictures: [...pictures],
    }));
    const problem = problemOf(classes);
    if (problem) {
      this.#say(problem);
      return;
    }
    const stop = new AbortController();
    this.#stop = stop;
    setStatus("running");
    const steps = this.#steps.value;
    this.#update();
    this.#jobs.run("tuning", async (signal) => {
      const start = performance.now();
      try {
        const [{ Results }, { tune }] = await Promise.all([
          import("./results.ts"),
          import("./tuning.ts"),
        ]);
        this.#results ??= new Results(this.#host.look);
        const results = this.#results;
        results.begin(split(classes).heldOut.length > 0);
        const tuned = await tune(this.#host.base(), classes, {
          ...{ preparation: this.#host.preparation(), steps, signal, stop: stop.signal },
          onStage: (text) => this.#say(text),
          onStep: (progress) => {
            results.step(progress);
            setProgress(
              progress.step,
              progress.steps,
              words.stepLoss(progress.step, progress.loss.toFixed(3)),
            );
          },
          onMeasured: (step, share) => results.measured(step, share),
        });
        this.#seconds = (performance.now() - start) / 1000;
        this.#show(tuned);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        this.#say(reasonOf(error));
      } finally {
        if (this.#stop === stop) this.#stop = undefined;
        this.#update();
      }
    });
  }

  #end(): void {
    this.#stop?.abort();
    this.#say(STOPPING);
    this.#buttons.stop.disabled = true;
  }

  #show(tuned: Tuned): void {
    this.#tuned = tuned;
    this.#results?.end(tuned);
    this.#host.use(tuned.network, tuned.guesses[0]?.picture);
    const { steps, stopped, before, after, split: parts } = tuned;
    const how = stopped ? words.stopped : words.done;
    const which = parts.heldOut.length > 0 ? words.heldOutPictures : words.picturesLearnedFrom;
    this.#say(
      words.afterStepsAndOfAre(
        how,
        steps,
        duration(this.#seconds),
        percent(after),
        which,
        percent(before),
      ),
    );
  }

  #reset(): void {
    this.forget();
    this.#host.use(undefined);
    this.#say(words.oldHeadIsBackYour);
  }

  async #save(kind: string, fileOf: (network: Network) => Promise<Blob>): Promise<void> {
    const network = this.#tuned?.network;
    if (!network) return;
    try {
      download(`tuned.${kind}`, "application/octet-stream", await fileOf(network));
      this.#say(words.tunedIsInYourDownloads(kind));
    } catch (error) {
      this.#say(words.networkCannotBeWrittenTo(reasonOf(error)));
    }
  }

  #update(): void {
    const running = this.#stop !== undefined;
    const { train, stop, reset, weights, onnx } = this.#buttons;
    train.disabled = running;
    stop.disabled = !running;
    for (const button of [reset, weights, onnx]) button.disabled = running || !this.#tuned;
    this.#classes.disabled = running;
    this.#steps.disabled = running;
  }

  #say(text: string): void {
    byId("tune-message").textContent = text;
  }
}

function stepsSlider(steps: number): Slider {
  return new Slider({
    ...{ id: "steps", label: words.trainingSteps, min: 10, max: 500, step: 10, value: steps },
    text: (position) => String(position),
    changed: (position) => writeAddress({ steps: position }, defaultSettings),
  });
}
