import { optional } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { labels, table, targets } from "../kinds.ts";
import type { Label, LabelInput, LabelList } from "../labels.ts";
import type { ScoreOptions } from "../scoring.ts";
import type { Table } from "../table.ts";

/** The result of a method of F, as a promise; never if F does not have the method. */
export type Answer<F, Method extends string> = F extends {
  readonly [M in Method]: (...args: never[]) => infer R;
}
  ? Promise<Awaited<R>>
  : never;

/** The result of `predict` of F: labels of the kind of y, or numbers. */
export type Predicted<F, L extends Label> = F extends {
  predict(...args: never[]): infer R;
}
  ? Promise<string[] extends Awaited<R> ? LabelList<L> : Awaited<R>>
  : never;

const xSignature = /* @__PURE__ */ signature("predict", { X: table });
const scoreSignature = /* @__PURE__ */ signature("score", {
  X: table,
  y: /* @__PURE__ */ optional(labels),
  options: /* @__PURE__ */ options<ScoreOptions>({ sampleWeight: targets }),
});

/** A fitted model that forwards calls to another one. It has the methods of the other one. */
export abstract class Delegate<F, L extends Label = number> {
  /** The model that calls are forwarded to. */
  protected abstract get asked(): unknown;

  /** Calls a method of that model. */
  protected abstract ask(method: string, X: Table, ...rest: unknown[]): Promise<unknown>;

  /** Labels of a classifier, ascending; undefined for other models. */
  get classes(): readonly L[] | undefined {
    return (Object(this.asked) as { readonly classes?: readonly L[] }).classes;
  }

  /** [samples] */
  predict(X: Table): Predicted<F, L> {
    return this.#ask("predict", X) as Predicted<F, L>;
  }

  /** [samples, classes] */
  predictProba(X: Table): Answer<F, "predictProba"> {
    return this.#ask("predictProba", X) as Answer<F, "predictProba">;
  }

  /** [samples, classes] */
  predictLogProba(X: Table): Answer<F, "predictLogProba"> {
    return this.#ask("predictLogProba", X) as Answer<F, "predictLogProba">;
  }

  /** `[samples]` for two classes or a regression, else `[samples, classes]`. */
  decisionFunction(X: Table): Answer<F, "decisionFunction"> {
    return this.#ask("decisionFunction", X) as Answer<F, "decisionFunction">;
  }

  /** `[samples, columns]` of the last step. */
  transform(X: Table): Answer<F, "transform"> {
    return this.#ask("transform", X) as Answer<F, "transform">;
  }

  /** The model's own score: accuracy of a classifier, R² of a regressor. */
  async score(X: Table, y?: LabelInput<L>, given?: ScoreOptions): Promise<number> {
    checkArguments(scoreSignature, [X, y, given]);
    const further = given === undefined ? [] : [given];
    return (await this.ask("score", X, y, ...further)) as number;
  }

  async #ask(method: string, X: Table): Promise<unknown> {
    checkArguments(xSignature, [X]);
    return this.ask(method, X);
  }
}
