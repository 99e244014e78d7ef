import type { LayerTotal, Profile, Total } from "wgrad/train";
import { byId, make } from "../../shared/dom.ts";
import { download } from "../../shared/download.ts";
import { number, percent } from "../../shared/format.ts";
import * as words from "../../words/en/resnet/panels.ts";
import { key } from "./curves.ts";
import { FlameChart, type FlamePart, tones } from "./flame.ts";

const SHOWN = 8;

const help = words.clickBoxToLookInto;

/** Where the time of a training step goes: a flame chart, the slowest kernels and layers, and a trace to download. */
export class TimelinePanel {
  readonly #host = byId("timeline");
  readonly #save = byId("trace") as HTMLButtonElement;
  readonly #detail = make("p", { class: "flame-detail", attributes: { "aria-live": "polite" } });
  readonly #flame = new FlameChart((part) => this.#describe(part));
  #profile: Profile | undefined;

  constructor() {
    this.#save.addEventListener("click", () => {
      const text = JSON.stringify(this.#profile?.trace());
      download("wgrad-resnet-trace.json", "application/json", text);
    });
    this.#save.title = words.fileForUiPerfettoDev;
  }

  show(profile: Profile | undefined): void {
    const first = !this.#profile;
    this.#profile = profile;
    this.#save.disabled = !profile;
    if (!profile) {
      const text = words.thisBrowserOrAdapterDoes;
      this.#host.replaceChildren(make("p", { class: "hint", text }));
      return;
    }
    if (first) this.#describe(undefined);
    const phases = profile.flame().map(({ phase }) => key(tones[phase], words.phase(phase)));
    const [, ...notes] = profile.describe(); // the page names the adapter
    const warning = profile.adapter.software ? [hint(words.softwareAdapterTheseAre)] : [];
    const tables = make(
      "div",
      { class: "flame-tables" },
      table(words.kernel, profile.kernels, rate),
      table(words.layer, profile.layers, phasesOf),
    );
    this.#host.replaceChildren(
      ...warning,
      make("p", { class: "legend" }, ...phases),
      this.#flame.element,
      this.#detail,
      tables,
      ...notes.map(hint),
    );
    this.#flame.show(profile);
  }

  #describe(part: FlamePart | undefined): void {
    const all = this.#profile?.milliseconds ?? 0;
    this.#detail.textContent = part ? sentence(part, all) : help;
  }
}

function sentence(
  { path, name, milliseconds, calls, flops, bytes }: FlamePart,
  all: number,
): string {
  const rates = milliseconds > 0 ? [flops, bytes].map((amount) => amount / milliseconds / 1e6) : [];
  const [gflops = 0, bandwidth = 0] = rates;
  const parts = [
    words.msOfStep(milliseconds.toFixed(2), percent(all > 0 ? milliseconds / all : 0)),
    words.dispatches(calls),
    ...(gflops > 0 ? [`${number(gflops)} GFLOP/s`] : []),
    ...(bandwidth > 0 ? [`${number(bandwidth)} GB/s`] : []),
  ];
  return `${path.join(" › ") || name}: ${parts.join(", ")}`;
}

/** The last columns of a table: headings and cells. */
interface Columns<T> {
  readonly heads: readonly string[];
  cells(total: T): readonly string[];
}

const rate: Columns<Total> = {
  heads: [words.calls, "GFLOP/s"],
  cells: ({ calls, gflops }) => [String(calls), gflops > 0 ? number(gflops) : "–"],
};

const phasesOf: Columns<LayerTotal> = {
  heads: [words.forward, words.backward],
  cells: ({ phases: { forward, backward } }) => [milliseconds(forward), milliseconds(backward)],
};

function table<T extends Total>(name: string, totals: readonly T[], more: Columns<T>): HTMLElement {
  const rows = totals.slice(0, SHOWN).map((total) => [
    total.name.replace(/[/.]/g, "$&\u200b") || words.noLayer, // allows a line break
    milliseconds(total.milliseconds),
    percent(total.share, 0),
    ...more.cells(total),
  ]);
  return make(
    "table",
    { class: "kernels" },
    row("th", [name, "ms", words.share, ...more.heads]),
    ...rows.map((cells) => row("td", cells)),
  );
}

function row(tag: "td" | "th", cells: readonly string[]): HTMLElement {
  return make("tr", {}, ...cells.map((text) => make(tag, { text })));
}

function hint(text: string): HTMLElement {
  return make("p", { class: "hint", text });
}

const milliseconds = (ms: number) => (ms > 0 ? ms.toFixed(2) : "–");
