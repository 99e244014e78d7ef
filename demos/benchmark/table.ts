import { byId, make } from "../shared/dom.ts";
import { bytes, number } from "../shared/format.ts";
import * as words from "../words/en/benchmark/page.ts";
import type { Failed, Measured, Row } from "./contest.ts";
import type { LibraryName } from "./frame.ts";
import type { Workload } from "./workloads.ts";

export const titles: Readonly<Record<LibraryName, string>> = {
  wgrad: "wgrad",
  jax: "jax-js",
  tfjs: "TensorFlow.js",
  old: words.before,
};

/** The table of results. */
export class Table {
  readonly #body = byId("rows");
  #group = "";
  /** The row shown last. */
  #last: { readonly workload: Workload; readonly element: HTMLElement } | undefined;

  /** Empties the table and gives it a column for each of these libraries. */
  clear(libraries: readonly LibraryName[]): void {
    this.#body.replaceChildren();
    this.#group = "";
    this.#last = undefined;
    const heads = libraries.map((name) =>
      make("th", { text: titles[name], attributes: { scope: "col" } }),
    );
    byId("head").replaceChildren(
      make("th", { text: words.oneStepOfHeading, attributes: { scope: "col" } }),
    );
    byId("head").append(...heads);
  }

  /** Adds a row, or replaces the last one if it shows this workload. */
  show({ workload, entries }: Row): void {
    if (workload.group !== this.#group) {
      this.#group = workload.group;
      const attributes = { colspan: String(1 + entries.length), scope: "rowgroup" };
      this.#body.append(
        make("tr", { class: "group" }, make("th", { text: this.#group, attributes })),
      );
    }
    const row = make("tr", {}, make("th", { text: workload.title, attributes: { scope: "row" } }));
    const own = entries.find(isMeasured);
    const slowest = Math.max(...entries.filter(isMeasured).map(({ ms }) => ms));
    for (const entry of entries) row.append(cell(entry, own, slowest));
    if (this.#last?.workload === workload) this.#last.element.replaceWith(row);
    else this.#body.append(row);
    this.#last = { workload, element: row };
  }

  /** Removes the row of a workload that was stopped, and the heading of its group if nothing else is below it. */
  remove(workload: Workload | undefined): void {
    if (!this.#last || this.#last.workload !== workload) return;
    const { element } = this.#last;
    const heading = element.previousElementSibling;
    element.remove();
    if (heading?.classList.contains("group")) heading.remove();
    this.#last = undefined;
  }
}

export function isMeasured(entry: Measured | Failed): entry is Measured {
  return "ms" in entry;
}

function cell(entry: Measured | Failed, own: Measured | undefined, slowest: number): HTMLElement {
  const label = { "data-library": titles[entry.library] };
  if (!isMeasured(entry)) {
    return make("td", {
      class: "failed",
      text: words.failed,
      title: entry.error,
      attributes: label,
    });
  }
  const { ms, js, counts, agrees } = entry;
  const beside = own && entry !== own ? ` · ${number(ms / own.ms)}×` : "";
  const details = [
    words.dispatches(number(counts.dispatches), counts.dispatches === 1),
    words.submits(number(counts.submits), counts.submits === 1),
    words.msJs(number(js)),
    bytes(counts.peakBytes),
  ];
  const bar = make("span", { class: "bar", style: { "--share": String(ms / slowest) } });
  return make(
    "td",
    { attributes: label },
    make("strong", { text: words.milliseconds(number(Number(ms.toPrecision(3))), beside) }),
    bar,
    make("span", { class: "details", text: details.join(" · ") }),
    ...(agrees ? [] : [make("span", { class: "differs", text: words.resultDiffers })]),
  );
}
