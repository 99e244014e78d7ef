import { byId, make } from "../shared/dom.ts";
import * as words from "../words/en/kernels/page.ts";
import { CaseTable } from "./cases.ts";
import { codeCard, interfaceCard } from "./code.ts";
import type { Entry, Outcome } from "./entries.ts";
import { casePlan, type Fill, formulaOf } from "./shader_text.ts";
import { type Spoil, spoils } from "./spoil.ts";

/** What the visitor can ask for the entry that is shown. */
export interface Wishes {
  /** Runs its cases. */
  run(entry: Entry, spoil: Spoil): void;
  time(entry: Entry): void;
  /** Resets the results of its cases, which were compared with another reference than the one chosen now. */
  forget(entry: Entry): void;
}

/** Everything about one kernel or operation. */
export class Detail {
  readonly entry: Entry;
  readonly #cases: CaseTable;
  readonly #timing = make("div", {});
  readonly #shader = make("div", { class: "stack" });
  readonly #buttons: HTMLButtonElement[] = [];
  #case: number;
  #outcomes: ReadonlyMap<string, Outcome> = new Map();

  constructor(entry: Entry, wishes: Wishes) {
    this.entry = entry;
    this.#case = Math.min(1, entry.checks.length - 1); // not the first case, which is often a single element
    this.#cases = new CaseTable(entry, this.#case, (index) => this.#choose(index));
    const parts = [this.#head(wishes), this.#cases.node, this.#timing, this.#shader];
    byId("detail").replaceChildren(make("div", { class: "stack" }, ...parts));
    this.#drawShader();
  }

  /** Shows the results of its cases. */
  draw(outcomes: ReadonlyMap<string, Outcome>): void {
    this.#outcomes = outcomes;
    this.#cases.draw(outcomes);
  }

  /** The card of its timings, or a note while they are measured. */
  showTiming(card: HTMLElement | string): void {
    const node = typeof card === "string" ? make("p", { class: "card hint", text: card }) : card;
    this.#timing.replaceChildren(node);
  }

  set busy(busy: boolean) {
    for (const button of this.#buttons) button.disabled = busy;
  }

  #head({ run, time, forget }: Wishes): HTMLElement {
    const { entry } = this;
    const { module, checks, title } = entry;
    const select = make(
      "select",
      { attributes: { id: "spoil" } },
      ...spoils.map(({ value, text }) => make("option", { text, attributes: { value } })),
    );
    select.addEventListener("change", () => forget(entry));
    const label = make("label", { class: "spoil" }, words.compareWith, select);
    const count = checks.length === 1 ? words.itsCase : words.itsCases(checks.length);
    const actions = [
      this.#button("run", words.run(count), () => run(entry, select.value as Spoil)),
      ...(module ? [this.#button("time", words.time, () => time(entry)), label] : []),
    ];
    const text = module
      ? make("pre", { class: "formula", text: formulaOf(module.kernel.shader) })
      : make("p", {
          class: "hint",
          text: words.publicOperationResultIs,
        });
    const heading = make("h2", { class: "title", text: title });
    return make(
      "section",
      { class: "card" },
      heading,
      text,
      make("div", { class: "bar" }, ...actions),
    );
  }

  #button(id: string, text: string, press: () => void): HTMLButtonElement {
    const kind = id === "run" ? { class: "primary" } : {};
    const button = make("button", { ...kind, text, attributes: { type: "button", id } });
    button.addEventListener("click", press);
    this.#buttons.push(button);
    return button;
  }

  #choose(index: number): void {
    this.#case = index;
    this.#cases.choose(index);
    this.#cases.draw(this.#outcomes);
    this.#drawShader();
  }

  /** The shader as the selected case links it, or with the visitor's files in its slots. */
  #drawShader(other?: Fill): void {
    const { module, folder } = this.entry;
    const each = module?.cases[this.#case];
    if (!module || !each) return;
    const { shader } = module.kernel;
    const plan = casePlan(module, each);
    const fill = other ?? plan.slots;
    this.#shader.replaceChildren(
      interfaceCard(shader, fill, plan, (next) => this.#drawShader(next)),
      codeCard(shader, fill, folder),
    );
  }
}
