import type { ImageTensorOptions } from "wgrad/data";
import { byId, make } from "../shared/dom.ts";
import { choice, numbersOf } from "../shared/fields.ts";
import { bytes, number, percent } from "../shared/format.ts";
import * as words from "../words/en/predict/page.ts";
import type { Network } from "./network.ts";
import { normalization, type Preparation, preparations } from "./preparations.ts";

/** Shown for a number that is not known. */
const UNKNOWN = words.notKnown;

/** The third card: the network in use, and questions about one from a file. */
export class NetworkPanel {
  readonly #changed: () => void;
  readonly #names = make("textarea", {
    attributes: { id: "labels", rows: "4", placeholder: words.catDog, spellcheck: "false" },
  });
  readonly #numbers = numbersOf(byId("network-numbers"), {
    layers: words.layersWithWeights,
    parameters: words.parameters,
    adds: words.multiplyAddsPicture,
    file: words.file,
    accuracy: words.rightHeldOut,
  });
  #preparation: Preparation = "imagenet";
  #network: Network | undefined;

  /** `changed` is called when the names of classes or the preparation of pictures change. */
  constructor(changed: () => void) {
    this.#changed = changed;
    this.#names.addEventListener("input", changed);
    byId("layers").tabIndex = 0; // the table scrolls
  }

  /** The chosen preparation of pictures, for a network that does not define its own. */
  get preparation(): ImageTensorOptions {
    return normalization(this.#preparation, this.#network?.size.channels ?? 3);
  }

  /** Names of the classes, if there is one for each. */
  get labels(): readonly string[] | undefined {
    const { labels, classes } = this.#network ?? {};
    const own = this.#own();
    return labels ?? (own.length === classes ? own : undefined);
  }

  show(network: Network): void {
    this.#network = network;
    const { summary, accuracy, size, classes } = network;
    byId("network-title").textContent = network.title;
    byId("about").textContent = network.about;
    byId("built-in").setAttribute("aria-pressed", String(network.builtIn));
    byId("own-network").setAttribute(
      "aria-pressed",
      String(!network.builtIn && network.fileBytes !== undefined),
    );
    // the nodes of an ONNX graph are not layers of this library and are not counted
    const layers = summary.layers.filter(
      ({ layer, parameters }) => layer !== "OnnxModel" && parameters > 0,
    ).length;
    this.#numbers({
      layers: layers > 0 ? number(layers) : UNKNOWN,
      parameters: number(summary.parameters),
      adds: layers > 0 ? number(summary.multiplyAdds) : UNKNOWN,
      file: network.fileBytes === undefined ? words.notSaved : bytes(network.fileBytes),
      accuracy: accuracy ? percent(accuracy.right / accuracy.of) : UNKNOWN,
    });
    byId("layers").textContent = summary.table();
    this.say(
      words.aboutNetwork(
        [size.width, size.height],
        size.channels === 1,
        number(classes),
        accuracy?.trainedOn ? number(accuracy.trainedOn) : undefined,
        accuracy && [number(accuracy.right), number(accuracy.of)],
      ),
    );
    byId("network-fields").replaceChildren(...(network.input ? [] : this.#fields()));
  }

  say(text: string): void {
    byId("network-message").textContent = text;
  }

  #own(): string[] {
    const lines = this.#names.value.split("\n").map((line) => line.trim());
    return lines.filter((line) => line !== "");
  }

  /** Asks for what a file does not contain. */
  #fields(): HTMLElement[] {
    const preparation = choice({
      ...{ id: "preparation", label: words.picturesArePrepared, options: preparations },
      value: this.#preparation,
      changed: (value) => {
        this.#preparation = value;
        this.#changed();
      },
    });
    const label = make("label", {
      text: words.namesOfClassesOneLine,
      attributes: { for: "labels" },
    });
    const why = make("p", {
      class: "hint",
      text: words.onnxFileDoesNotSay,
    });
    const counted = make("p", { class: "hint", attributes: { role: "status" } });
    const count = () => {
      const { length } = this.#own();
      counted.textContent = length > 0 ? words.namesOf(length, this.#network?.classes) : "";
    };
    this.#names.oninput = count;
    count();
    return [preparation, make("div", { class: "names" }, label, this.#names), counted, why];
  }
}
