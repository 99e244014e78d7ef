import { make } from "../shared/dom.ts";
import * as words from "../words/en/kernels/page.ts";
import type { Entry, Outcome } from "./entries.ts";
import { figure } from "./figure.ts";
import { card } from "./tables.ts";

/** The cases of an entry with their results; a press on one selects it. */
export class CaseTable {
  readonly node: HTMLElement;
  readonly #body = make("tbody", {});
  readonly #entry: Entry;
  readonly #choose: (index: number) => void;
  #chosen: number;

  constructor(entry: Entry, chosen: number, choose: (index: number) => void) {
    this.#chosen = chosen;
    this.#entry = entry;
    this.#choose = choose;
    const titles = [
      words.caseHeading,
      words.result,
      words.absolute,
      words.relative,
      "ULP",
      words.elements,
    ];
    const heads = titles.map((text, i) => make("th", i > 1 ? { class: "number", text } : { text }));
    const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), this.#body);
    const note = make("p", {
      class: "hint",
      text: words.largestErrorsAgainst,
    });
    this.node = card(
      words.cases,
      note,
      make("div", { class: "scroll cases", attributes: { tabindex: "0" } }, table),
    );
  }

  choose(index: number): void {
    this.#chosen = index;
  }

  draw(outcomes: ReadonlyMap<string, Outcome>): void {
    let shown = 0;
    const rows = this.#entry.checks.flatMap(({ name }, index) => {
      const outcome = outcomes.get(name);
      const defects = outcome?.defects ?? [];
      const row = this.#row(name, index, outcome);
      if (!defects.length) return [row];
      shown += 1;
      return [row, failure(defects, shown === 1)];
    });
    this.#body.replaceChildren(...rows);
  }

  #row(name: string, index: number, outcome: Outcome | undefined): HTMLElement {
    const button = make("button", { text: name, attributes: { type: "button" } });
    button.setAttribute("aria-pressed", String(index === this.#chosen));
    button.addEventListener("click", () => this.#choose(index));
    const { worst, elements, defects } = outcome ?? {};
    const numbers = worst
      ? [worst.absolute, worst.relative, worst.ulp].map(figure)
      : ["–", "–", "–"];
    const failed = (defects?.length ?? 0) > 0;
    const result = outcome ? (failed ? words.caseFailed : words.casePassed) : words.notRun;
    const tone = outcome ? (failed ? "failed" : "passed") : "none";
    return make(
      "tr",
      { class: tone },
      make("td", {}, button),
      make("td", { class: "result", text: result }),
      ...[...numbers, elements?.toLocaleString("en-GB") ?? "–"].map((text) =>
        make("td", { class: "number", text }),
      ),
    );
  }
}

/** The failures, the first one in full. */
function failure(defects: readonly string[], open: boolean): HTMLElement {
  const [first = ""] = defects.join("\n").split("\n");
  const text = make("pre", { class: "defects", text: defects.join("\n") });
  const details = make("details", {}, make("summary", { text: first }), text);
  details.open = open;
  return make("tr", { class: "why" }, make("td", { attributes: { colspan: "6" } }, details));
}
