import type { ImageTensorOptions, Prediction } from "wgrad/data";
import { percent } from "../shared/format.ts";
import * as words from "../words/en/predict/page.ts";
import { likeliest, type Network } from "./network.ts";
import { type Picture, type Prepared, prepare } from "./picture.ts";

/** A network's classification of a picture. */
export interface Look {
  readonly picture: Picture;
  readonly inverted: boolean;
  /** The most probable first. */
  readonly found: readonly Prediction[];
  /** Milliseconds from the picture on the GPU to its scores on the host, median over all rounds. */
  readonly ms: number;
}

export interface LookOptions {
  /** Preparation for networks that do not define their own. */
  readonly preparation: ImageTensorOptions;
  readonly labels: readonly string[] | undefined;
  /** Number of runs that are timed. */
  readonly rounds: number;
  /** Called with the network's input. */
  readonly onPrepared: (prepared: Prepared) => Promise<void>;
}

/** Classifies a picture with the network. */
export async function look(
  network: Network,
  picture: Picture,
  { preparation, labels, rounds, onPrepared }: LookOptions,
): Promise<Look> {
  const prepared = await prepare(picture.source, network, preparation);
  using x = prepared.x;
  await onPrepared(prepared);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    using scores = network.predict(x);
    await scores.read();
    times.push(performance.now() - start);
  }
  using scores = network.predict(x);
  const k = Math.min(5, network.classes);
  const found = await likeliest(scores, labels ? { k, labels } : { k });
  return {
    ...{ picture, inverted: prepared.inverted },
    found: labels ? found : found.map((each) => ({ ...each, label: words.classWord(each.index) })),
    ms: times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0,
  };
}

/** The result as a sentence. */
export function sentenceOf({ picture, inverted, found }: Look): string {
  const [first] = found;
  const likely = words.mostLikely(first?.label, percent(first?.probability ?? 0));
  const truth = picture.shows ? words.dataSetCalls(picture.shows) : "";
  const ground = inverted ? words.groundIsLightSoLight : "";
  return `${likely}${truth}${ground}`;
}
