import type { ImageTensorOptions } from "wgrad/data";
import { byId, make } from "../shared/dom.ts";
import { choice, numbersOf } from "../shared/fields.ts";
import { bytes, number, percent } from "../shared/format.ts";
import type { Network } from "./network.ts";
import { normalization, type Preparation, preparations } from "./preparations.ts";

/** In place of a number that the page does not have. */
const UNKNOWN = "not known";

/** The third card: which network it is, and what is to be known of one from a file. */
export class NetworkPanel {
  readonly #changed: () => void;
  readonly #names = make("textarea", {
    attributes: { id: "labels", rows: "4", placeholder: "cat\ndog\n…", spellcheck: "false" },
  });
  readonly #numbers = numbersOf(byId("network-numbers"), {
    layers: "Layers with weights",
    parameters: "Parameters",
    adds: "Multiply-adds a picture",
    file: "File",
    accuracy: "Right, held out",
  });
  #preparation: Preparation = "imagenet";
  #network: Network | undefined;

  /** `changed` is called for other names of classes or another preparation of pictures. */
  constructor(changed: () => void) {
    this.#changed = changed;
    this.#names.addEventListener("input", changed);
    byId("layers").tabIndex = 0; // it scrolls
  }

  /** How pictures are prepared, for a network of which that is not known. */
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
    // the nodes of an ONNX graph are no layers of this library, and are not counted
    const layers = summary.layers.filter(
      ({ layer, parameters }) => layer !== "OnnxModel" && parameters > 0,
    ).length;
    this.#numbers({
      layers: layers > 0 ? number(layers) : UNKNOWN,
      parameters: number(summary.parameters),
      adds: layers > 0 ? number(summary.multiplyAdds) : UNKNOWN,
      file: network.fileBytes === undefined ? "not saved" : bytes(network.fileBytes),
      accuracy: accuracy ? percent(accuracy.right / accuracy.of) : UNKNOWN,
    });
    byId("layers").textContent = summary.table();
    const trained = accuracy?.trainedOn
      ? ` It was trained on ${number(accuracy.trainedOn)} pictures.`
      : "";
    const known = accuracy
      ? ` Of ${number(accuracy.of)} others it gets ${number(accuracy.right)} right.`
      : "";
    this.say(
      `It takes pictures of ${size.width} × ${size.height} in ${size.channels === 1 ? "grey" : "colour"} and knows ${number(classes)} classes.${trained}${known}`,
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

  /** What a file does not tell. */
  #fields(): HTMLElement[] {
    const preparation = choice({
      ...{ id: "preparation", label: "Pictures are prepared", options: preparations },
      value: this.#preparation,
      changed: (value) => {
        this.#preparation = value;
        this.#changed();
      },
    });
    const label = make("label", {
      text: "Names of its classes, one a line",
      attributes: { for: "labels" },
    });
    const why = make("p", {
      class: "hint",
      text: "An ONNX file does not say how its pictures were prepared nor what its classes mean: whoever made it does. Prepared wrongly, a good network guesses badly.",
    });
    const counted = make("p", { class: "hint", attributes: { role: "status" } });
    const count = () => {
      const { length } = this.#own();
      counted.textContent = length > 0 ? `${length} names of ${this.#network?.classes}` : "";
    };
    this.#names.oninput = count;
    count();
    return [preparation, make("div", { class: "names" }, label, this.#names), counted, why];
  }
}
