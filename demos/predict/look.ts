import type { ImageTensorOptions, Prediction } from "wgrad/data";
import { percent } from "../shared/format.ts";
import * as words from "../words/en/predict/page.ts";
import { likeliest, type Network } from "./network.ts";
import { type Picture, type Prepared, prepare } from "./picture.ts";

/** What a network says of a picture. */
export interface Look {
  readonly picture: Picture;
  readonly inverted: boolean;
  /** The likeliest first. */
  readonly found: readonly Prediction[];
  /** From the picture on the GPU to its scores on the host: the median of all rounds. */
  readonly ms: number;
}

export interface LookOptions {
  /** For networks of which it is not known. */
  readonly preparation: ImageTensorOptions;
  readonly labels: readonly string[] | undefined;
  /** Runs of the network whose times are measured. */
  readonly rounds: number;
  /** Called with what the network sees. */
  readonly onPrepared: (prepared: Prepared) => Promise<void>;
}

/** Lets the network look at a picture. */
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

/** What it found, in words. */
export function sentenceOf({ picture, inverted, found }: Look): string {
  const [first] = found;
  const likely = words.mostLikely(first?.label, percent(first?.probability ?? 0));
  const truth = picture.shows ? words.dataSetCalls(picture.shows) : "";
  const ground = inverted ? words.groundIsLightSoLight : "";
  return `${likely}${truth}${ground}`;
}
