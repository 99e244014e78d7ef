import { byId, make } from "../../shared/dom.ts";
import * as words from "../../words/en/resnet/panels.ts";
import { classes } from "../data.ts";

/** The confusion matrix in per cent of the true class. */
export class ConfusionPanel {
  readonly #cells: readonly (readonly HTMLTableCellElement[])[];

  constructor() {
    const table = make("table", { class: "confusion" });
    const head = make("tr", {}, make("td", { class: "corner" }));
    head.append(
      ...classes.map((name) =>
        make("th", { attributes: { scope: "col" } }, make("span", { text: name })),
      ),
    );
    table.append(make("thead", {}, head));
    this.#cells = classes.map(() => classes.map(() => make("td")));
    const rows = classes.map((name, label) =>
      make(
        "tr",
        {},
        make("th", { text: name, attributes: { scope: "row" } }),
        ...(this.#cells[label] ?? []),
      ),
    );
    table.append(make("tbody", {}, ...rows));
    byId("confusion").replaceChildren(table);
  }

  show(confusion: readonly (readonly number[])[]): void {
    for (const [label, counts] of confusion.entries()) {
      const total = counts.reduce((sum, count) => sum + count, 0);
      for (const [predicted, count] of counts.entries()) {
        const cell = this.#cells[label]?.[predicted];
        if (cell) this.#paint(cell, total ? count / total : 0, label, predicted);
      }
    }
  }

  #paint(cell: HTMLTableCellElement, share: number, label: number, predicted: number): void {
    const right = label === predicted;
    const shown = Math.round(100 * share);
    cell.textContent = shown ? String(shown) : "";
    cell.title = words.takenFor(classes[label], classes[predicted], shown);
    // mistakes are rare and important: 50 % already has the full colour
    const strength = right ? share : Math.min(1, 2 * share);
    cell.style.setProperty("--tone", right ? "var(--blue)" : "var(--orange)");
    cell.style.setProperty("--share", `${Math.round(100 * strength)}%`);
  }
}
