import type { Engine } from "wgrad";
import { byId } from "../shared/dom.ts";
import { chooseBy, onFiles } from "../shared/drops.ts";
import type { Experiments } from "../shared/experiments.ts";
import { numbersOf } from "../shared/fields.ts";
import { number, percent } from "../shared/format.ts";
import { Jobs } from "../shared/jobs.ts";
import { finish, openPage, setProgress, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { reasonOf } from "../shared/reasons.ts";
import { auto, onlyExperiments } from "../shared/unattended.ts";
import * as words from "../words/en/predict/page.ts";
import { bars } from "./bars.ts";
import { CameraButton } from "./camera_button.ts";
import { type Look, look, sentenceOf } from "./look.ts";
import type { Network } from "./network.ts";
import { builtIn, fromFile } from "./network_files.ts";
import { NetworkPanel } from "./network_panel.ts";
import { builtInPictures, type Picture, pictureOf } from "./picture.ts";
import { PicturePanel } from "./picture_panel.ts";
import { checkSettings, defaultSettings, type Settings } from "./settings.ts";
import type { TunePanel } from "./tune/tune_panel.ts";

class Page {
  readonly #engine: Engine;
  readonly #settings: Settings;
  readonly #panel = new PicturePanel();
  readonly #networkPanel = new NetworkPanel(() => this.#look());
  readonly #times = numbersOf(byId("times"), {
    ms: words.timeForPicture,
    dispatches: words.dispatchesPicture,
  });
  readonly #jobs = new Jobs(() => this.#idle());
  readonly #camera: CameraButton;
  #tuning: TunePanel | undefined;
  #guided: Experiments | undefined;
  /** The network from a file, or the built-in one. */
  #base: Network;
  /** The base network with a head for the visitor's classes. */
  #tuned: Network | undefined;
  #picture: Picture;
  #last: Look | undefined;
  /** Results for the pictures with known labels, in an unattended run. */
  #score: { right: number; of: number } | undefined;

  constructor(engine: Engine, network: Network, picture: Picture, settings: Settings) {
    this.#engine = engine;
    this.#base = network;
    this.#picture = picture;
    this.#settings = settings;
    this.#camera = new CameraButton({
      on: (moving) => this.#choose(moving),
      off: (video, last) => {
        if (this.#picture.source === video) this.#choose(last);
      },
      failed: (reason) => this.#panel.say(reason),
    });
    this.#listen();
    this.#networkPanel.show(network);
  }

  #listen(): void {
    const field = (id: string) => byId(id) as HTMLInputElement;
    chooseBy(byId("own"), field("picture-file"), ([file]) => this.#takePicture(file));
    chooseBy(byId("own-network"), field("network-file"), ([file]) => this.#takeNetwork(file));
    onFiles((files, at) => {
      const [file] = files;
      if (file && /\.(onnx|safetensors)$/i.test(file.name)) this.#takeNetwork(file);
      else if (at?.getAttribute("data-drop") === "class") this.#tuning?.take(files, at);
      else if (file) this.#takePicture(file);
    });
    byId("built-in").addEventListener("click", () => this.#load(words.builtInNetwork, builtIn));
    for (const id of ["own", "own-network", "built-in"]) {
      (byId(id) as HTMLButtonElement).disabled = false;
    }
  }

  get #network(): Network {
    return this.#tuned ?? this.#base;
  }

  /** Shows the pictures, compiles the network, classifies the first picture, and then loads the rest of the page. */
  open(pictures: readonly Picture[]): void {
    this.#panel.offer(pictures, (picture) => this.#show(picture));
    this.#panel.show(this.#picture);
    this.#jobs.run("network", () => this.#base.prepare((text) => this.#panel.say(text)));
    this.#choose(this.#picture);
    this.#jobs.run("classes", async () => {
      const { TunePanel } = await import("./tune/tune_panel.ts");
      const host = {
        base: () => this.#base,
        preparation: () => this.#networkPanel.preparation,
        use: (tuned: Network | undefined, look?: Picture) => this.#use(tuned, look),
        snapshot: () => this.#camera.snapshot(),
        look: (chosen: Picture) => this.#show(chosen),
        idle: () => this.#idle(),
      };
      this.#tuning = new TunePanel(host, this.#settings.steps);
    });
    this.#jobs.run("experiments", async () => {
      const { guided } = await import("./guided.ts");
      this.#guided = guided(pictures, (work) => this.#jobs.run("experiment", work));
    });
  }

  /** Classifies all pictures with known labels, one after the other. */
  rehearse(pictures: readonly Picture[]): void {
    const known = pictures.filter(({ shows }) => shows !== undefined);
    this.#jobs.run("rehearsal", async (signal) => {
      await this.#guided?.rehearse(signal);
      if (onlyExperiments) return;
      this.#score = { right: 0, of: known.length };
      for (const [i, picture] of known.entries()) {
        const { found } = await this.#lookAt(picture);
        if (found[0]?.label === picture.shows) this.#score.right++;
        setProgress(i + 1, known.length, words.pictureOf(i + 1, known.length));
      }
      await this.#tuning?.rehearse();
    });
  }

  /** Classifies a picture instead of the camera's. */
  #show(picture: Picture): void {
    this.#camera.close();
    this.#choose(picture);
  }

  #choose(picture: Picture): void {
    this.#picture = picture;
    this.#look();
  }

  #takePicture(file: File): void {
    this.#camera.close();
    pictureOf(file, file.name).then(
      (picture) => this.#choose(picture),
      (error: Error) => this.#panel.say(error.message),
    );
  }

  #takeNetwork(file: File): void {
    this.#load(file.name, () => fromFile(file));
  }

  /** Replaces the network; the old one stays if the new one cannot be used. */
  #load(name: string, open: () => Promise<Network>): void {
    const say = (text: string) => this.#networkPanel.say(text);
    setStatus("running");
    this.#jobs.run("network", async () => {
      say(words.reading(name));
      try {
        const network = await open();
        await network.prepare(say);
        this.#tuning?.forget();
        this.#tuned?.dispose();
        this.#tuned = undefined;
        this.#base.dispose();
        this.#base = network;
        this.#networkPanel.show(network);
        this.#look();
      } catch (error) {
        say(words.cannotBeUsedStays(name, reasonOf(error), this.#network.title));
      }
    });
  }

  /** Replaces the head, once no classification uses the old one. */
  #use(tuned: Network | undefined, first?: Picture): void {
    this.#jobs.run("head", async () => {
      if (first && !this.#camera.on) this.#picture = first;
      this.#tuned?.dispose();
      this.#tuned = tuned;
      this.#networkPanel.show(this.#network);
      this.#look();
    });
  }

  #look(): void {
    setStatus("running");
    const picture = this.#picture;
    this.#jobs.run("picture", async (signal) => {
      try {
        await this.#lookAt(picture, signal);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        this.#panel.say(reasonOf(error));
      }
      if (this.#camera.on) requestAnimationFrame(() => this.#camera.on && this.#look());
    });
  }

  async #lookAt(picture: Picture, signal?: AbortSignal): Promise<Look> {
    this.#panel.show(picture);
    const { labels, preparation } = this.#networkPanel;
    const found = await look(this.#network, picture, {
      ...{ labels, preparation, rounds: this.#camera.on ? 1 : this.#settings.rounds },
      onPrepared: async (prepared) => {
        await this.#panel.showSeen(prepared);
        signal?.throwIfAborted();
      },
    });
    signal?.throwIfAborted();
    this.#last = found;
    byId("bars").replaceChildren(...bars(found.found));
    this.#times({
      ms: words.milliseconds(number(Number(found.ms.toPrecision(3)))),
      dispatches: number(this.#network.dispatches()),
    });
    this.#panel.say(sentenceOf(found));
    return found;
  }

  #idle(): void {
    if (document.body.dataset.status === "error" || this.#jobs.busy || this.#tuning?.busy) return;
    const { gpu } = this.#engine;
    const { title, summary, accuracy } = this.#network;
    finish({
      demo: "predict",
      adapter: gpu.adapter.name,
      software: gpu.adapter.software,
      network: title,
      parameters: summary.parameters,
      dispatches: this.#network.dispatches(),
      ...(accuracy && { accuracy: accuracy.right / accuracy.of }),
      ...(this.#last && {
        picture: this.#last.picture.name,
        predictions: this.#last.found.map(
          ({ label, probability }) => `${label} ${percent(probability)}`,
        ),
        inverted: this.#last.inverted,
        ms: this.#last.ms,
      }),
      ...(this.#score && { rightOfThePage: words.ofTotal(this.#score.right, this.#score.of) }),
      ...(this.#tuning?.result && { tuning: this.#tuning.result }),
      experiments: this.#guided?.findings,
    });
  }
}

await openPage(async (engine) => {
  const settings = withParameters(defaultSettings, checkSettings);
  const [network, pictures] = await Promise.all([builtIn(), builtInPictures()]);
  const [first] = pictures;
  if (!first) throw new Error("expected pictures in the page, got none");
  const page = new Page(engine, network, first, settings);
  setStatus("running");
  page.open(pictures);
  if (auto) page.rehearse(pictures);
});
