import type { Engine } from "wgrad";
import { byId } from "../shared/dom.ts";
import { numbersOf } from "../shared/fields.ts";
import { number, percent } from "../shared/format.ts";
import { Jobs } from "../shared/jobs.ts";
import { finish, openPage, setProgress, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { bars } from "./bars.ts";
import { Camera } from "./camera.ts";
import { chooseBy, onFiles } from "./drops.ts";
import { type Look, look } from "./look.ts";
import { builtIn, fromFile, type Network } from "./network.ts";
import { NetworkPanel } from "./network_panel.ts";
import { builtInPictures, type Picture, pictureOf } from "./picture.ts";
import { PicturePanel } from "./picture_panel.ts";

const auto = new URLSearchParams(location.search).get("auto") === "1";

/** Errors after which nothing on the page can go on. */
const FATAL: readonly string[] = ["DeviceLostError", "OutOfMemoryError", "ShaderError"];

class Page {
  readonly #engine: Engine;
  readonly #rounds: number;
  readonly #panel = new PicturePanel();
  readonly #networkPanel = new NetworkPanel(() => this.#look());
  readonly #times = numbersOf(byId("times"), {
    ms: "Time for a picture",
    dispatches: "Dispatches a picture",
  });
  readonly #jobs = new Jobs(() => this.#idle());
  readonly #cameraButton = byId("camera") as HTMLButtonElement;
  #network: Network;
  #picture: Picture;
  #camera: Camera | undefined;
  #last: Look | undefined;
  /** Of the pictures of which is known what they show, in an unattended run. */
  #score: { right: number; of: number } | undefined;

  constructor(engine: Engine, network: Network, picture: Picture, rounds: number) {
    this.#engine = engine;
    this.#network = network;
    this.#picture = picture;
    this.#rounds = rounds;
    const field = (id: string) => byId(id) as HTMLInputElement;
    chooseBy(byId("own"), field("picture-file"), (file) => this.#takePicture(file));
    chooseBy(byId("own-network"), field("network-file"), (file) => this.#takeNetwork(file));
    onFiles(byId("zone"), (file) => {
      if (/\.(onnx|safetensors)$/i.test(file.name)) this.#takeNetwork(file);
      else this.#takePicture(file);
    });
    byId("built-in").addEventListener("click", () => this.#load("the built-in network", builtIn));
    this.#cameraButton.addEventListener("click", () => this.#toggleCamera());
    for (const id of ["own", "own-network", "built-in", "camera"]) {
      (byId(id) as HTMLButtonElement).disabled = false;
    }
    this.#networkPanel.show(network);
  }

  /** Looks at its first picture. */
  open(pictures: readonly Picture[]): void {
    this.#panel.offer(pictures, (picture) => {
      this.#closeCamera();
      this.#choose(picture);
    });
    this.#choose(this.#picture);
  }

  /** Looks at all pictures of which is known what they show, one after the other. */
  rehearse(pictures: readonly Picture[]): void {
    const known = pictures.filter(({ shows }) => shows !== undefined);
    this.#jobs.run("rehearsal", async () => {
      this.#score = { right: 0, of: known.length };
      for (const [i, picture] of known.entries()) {
        const { found } = await this.#lookAt(picture);
        if (found[0]?.label === picture.shows) this.#score.right++;
        setProgress(i + 1, known.length, `picture ${i + 1} of ${known.length}`);
      }
    });
  }

  #choose(picture: Picture): void {
    this.#picture = picture;
    this.#look();
  }

  #takePicture(file: File): void {
    this.#closeCamera();
    pictureOf(file, file.name).then(
      (picture) => this.#choose(picture),
      (error: Error) => this.#panel.say(error.message),
    );
  }

  #takeNetwork(file: File): void {
    this.#load(file.name, () => fromFile(file));
  }

  /** Another network in place of the one there is, which stays if the other cannot be used. */
  #load(name: string, open: () => Promise<Network>): void {
    const say = (text: string) => this.#networkPanel.say(text);
    setStatus("running");
    this.#jobs.run("network", async () => {
      say(`Reading ${name} …`);
      try {
        const network = await open();
        await network.prepare(({ done, total }) =>
          say(`Compiling its kernels: ${done} of ${total}`),
        );
        this.#network.dispose();
        this.#network = network;
        this.#networkPanel.show(network);
        this.#look();
      } catch (error) {
        say(`${name} cannot be used: ${reasonOf(error)} ${this.#network.title} stays.`);
      }
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
      if (this.#camera) requestAnimationFrame(() => this.#camera && this.#look());
    });
  }

  async #lookAt(picture: Picture, signal?: AbortSignal): Promise<Look> {
    this.#panel.show(picture);
    const { labels, preparation } = this.#networkPanel;
    const found = await look(this.#network, picture, {
      ...{ labels, preparation, rounds: this.#camera ? 1 : this.#rounds },
      onPrepared: async (prepared) => {
        await this.#panel.showSeen(prepared);
        signal?.throwIfAborted();
      },
    });
    signal?.throwIfAborted();
    this.#last = found;
    byId("bars").replaceChildren(...bars(found.found));
    this.#times({
      ms: `${number(Number(found.ms.toPrecision(3)))} ms`,
      dispatches: number(this.#network.dispatches()),
    });
    this.#panel.say(sentence(found));
    return found;
  }

  #toggleCamera(): void {
    if (this.#camera) {
      this.#closeCamera();
      return;
    }
    this.#cameraButton.disabled = true;
    Camera.open()
      .then(
        (camera) => {
          this.#camera = camera;
          this.#cameraButton.textContent = "Stop the camera";
          this.#cameraButton.setAttribute("aria-pressed", "true");
          this.#choose({ name: "Camera", source: camera.video });
        },
        (error: Error) => this.#panel.say(error.message),
      )
      .finally(() => {
        this.#cameraButton.disabled = false;
      });
  }

  /** Turns the camera off; its last picture stays. */
  #closeCamera(): void {
    const camera = this.#camera;
    if (!camera) return;
    this.#camera = undefined;
    this.#cameraButton.textContent = "Camera";
    this.#cameraButton.setAttribute("aria-pressed", "false");
    createImageBitmap(camera.video).then((source) => {
      if (this.#picture.source === camera.video) this.#choose({ name: "Camera", source });
      camera.close();
    });
  }

  #idle(): void {
    if (document.body.dataset.status === "error") return;
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
      ...(this.#score && { rightOfThePage: `${this.#score.right} of ${this.#score.of}` }),
    });
  }
}

/** What went wrong, for the visitor; throws it if the page cannot go on. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || FATAL.includes(error.name)) throw error;
  return /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
}

function sentence({ picture, inverted, found }: Look): string {
  const [first] = found;
  const likely = `Most likely ${first?.label}, ${percent(first?.probability ?? 0)}.`;
  const truth = picture.shows ? ` Its data set calls it ${picture.shows}.` : "";
  const ground = inverted
    ? " Its ground is light, so light and dark changed places: the network learned bright clothes on black."
    : "";
  return `${likely}${truth}${ground}`;
}

await openPage(async (engine) => {
  const { rounds } = withParameters({ rounds: 5 });
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 1000) {
    throw new Error(`?rounds=${rounds}: expected a whole number from 1 to 1000`);
  }
  const [network, pictures] = await Promise.all([builtIn(), builtInPictures()]);
  const [first] = pictures;
  if (!first) throw new Error("expected pictures in the page, got none");
  await network.prepare();
  const page = new Page(engine, network, first, rounds);
  setStatus("running");
  page.open(pictures);
  if (auto) page.rehearse(pictures);
});
