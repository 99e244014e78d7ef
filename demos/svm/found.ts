import { byId } from "../shared/dom.ts";
import { numbersOf } from "../shared/fields.ts";
import { number, percent } from "../shared/format.ts";
import { term } from "../shared/terms.ts";
import * as words from "../words/en/svm/page.ts";
import type { Learned } from "./fit.ts";
import type { Settings } from "./settings.ts";

const NONE = "–";

/** The numbers of what a machine found. */
export class Found {
  readonly #set = numbersOf(byId("numbers"), {
    score: words.trainingAccuracy,
    heldOut: words.heldOut,
    support: words.supportVectors,
    objective: words.dualObjective,
    steps: words.iterations,
    gamma: "γ",
    seconds: words.time,
  });

  constructor() {
    nameOf("heldOut")?.replaceChildren(term("cross-validation", words.heldOut));
    nameOf("support")?.replaceChildren(term("support vector", words.supportVectors));
    nameOf("objective")?.replaceChildren(term("dual objective", words.dualObjective));
  }

  /** `heldOut`: undefined while it is not known, or where it cannot be. */
  show(
    learned: Learned | undefined,
    heldOut: number | undefined,
    { task, kernel }: Settings,
    samples: number,
  ): void {
    const regress = task === "regress";
    const score = (value: number | undefined) => {
      if (value === undefined) return NONE;
      return regress ? value.toFixed(3) : percent(value);
    };
    const name = nameOf("score");
    if (name) name.textContent = regress ? "R²" : words.trainingAccuracy;
    this.#set({
      score: score(learned?.score),
      heldOut: score(learned && heldOut),
      support: learned ? words.ofTotal(learned.support.size, samples) : NONE,
      objective: learned ? number(Number(learned.objective.toPrecision(5))) : NONE,
      steps: learned ? number(learned.steps) : NONE,
      gamma: learned && kernel !== "linear" ? String(Number(learned.gamma.toPrecision(3))) : NONE,
      seconds: learned ? words.seconds(hundredths(learned.seconds)) : NONE,
    });
  }
}

/** Two decimals; a time that they would show as 0 is "< 0.01". */
const hundredths = (value: number) => (value < 0.01 ? "< 0.01" : value.toFixed(2));

const nameOf = (key: string) => byId(`value-${key}`).previousElementSibling;
