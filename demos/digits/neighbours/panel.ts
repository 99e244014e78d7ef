import { type FittedKNeighborsClassifier, KNeighborsClassifier } from "wgrad/ml";
import { byId, make } from "../../shared/dom.ts";
import { percent } from "../../shared/format.ts";
import * as words from "../../words/en/digits/neighbours.ts";
import { type Digits, withOwn } from "../data.ts";
import { type Pixels, readOwn } from "../own.ts";
import { type Metric, metrics, type Settings } from "../settings.ts";
import { tile } from "../tile.ts";

/** Number of neighbours shown; all k of them vote. */
const SHOWN = 20;

/** The vote of a drawing's neighbours. */
export interface Vote {
  readonly k: number;
  readonly metric: Metric;
  readonly distances: readonly number[];
  /** Indices of the training digits; those beyond their number are the visitor's own. */
  readonly rows: readonly number[];
  readonly labels: readonly number[];
  /** Votes for each digit from 0 to 9. */
  readonly shares: readonly number[];
  readonly says: number;
}

/** The nearest digits and their vote. */
export class NeighboursPanel {
  readonly #train: Digits;
  #known: { readonly key: string; readonly model: FittedKNeighborsClassifier } | undefined;
  #learned: Digits;
  result: object | undefined;

  constructor(train: Digits) {
    this.#train = train;
    this.#learned = train;
  }

  async vote(pixels: Pixels, settings: Settings): Promise<Vote> {
    const model = await this.#model(settings);
    const { k, metric } = settings;
    const { distances, indices } = await model.kneighbors([pixels]);
    const { data } = await model.predictProba([pixels]);
    const { classes } = model;
    const shares = Array.from({ length: 10 }, (_, digit) =>
      Number(data[Array.from(classes).indexOf(digit)] ?? 0),
    );
    const [says = -1] = await model.predict([pixels]);
    const rows = [...indices];
    return {
      ...{ k, metric, shares, says, rows, distances: [...distances] },
      labels: rows.map((row) => Number(this.#learned.labels[row])),
    };
  }

  /** Shows a vote, or asks for a drawing. */
  show(vote: Vote | undefined): void {
    this.result = vote;
    const tiles = (vote?.rows ?? []).slice(0, SHOWN).map((row, i) => {
      const own = row >= this.#train.rows.length ? words.yours : "";
      const far = Number(vote?.distances[i]);
      const text = `${vote?.labels[i]} · ${own}${far < 10 ? far.toFixed(3) : far.toFixed(1)}`;
      return tile(this.#learned.rows[row] ?? [], text, words.neighbour(i + 1, text));
    });
    byId("neighbours").replaceChildren(...tiles);
    byId("votes").replaceChildren(...(vote ? vote.shares.map(bar) : []));
    byId("neighbours-message").textContent = vote ? sentence(vote) : words.drawDigit;
  }

  async #model(settings: Settings): Promise<FittedKNeighborsClassifier> {
    const { k, metric, own } = settings;
    const key = `${k} ${metric} ${own}`;
    if (this.#known?.key === key) return this.#known.model;
    this.#learned = withOwn(this.#train, readOwn(own));
    const { rows, labels } = this.#learned;
    const model = await new KNeighborsClassifier({ nNeighbors: k, metric }).fit(rows, labels);
    this.#known = { key, model };
    return model;
  }
}

/** A digit with its share of the votes. */
function bar(share: number, digit: number): HTMLElement {
  const meter = make("meter", {
    attributes: { value: String(share), max: "1", "aria-label": words.votesFor(digit) },
  });
  return make("li", {}, make("span", { text: String(digit) }), meter, percent(share, 0));
}

function sentence({ k, metric, shares, says, distances }: Vote): string {
  const most = shares[says] ?? 0;
  return words.vote(k, percent(most, 0), says, distances[0]?.toFixed(2), metrics[metric]);
}
