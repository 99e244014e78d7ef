/** What is hit. */
export const ways = ["eager", "captured", "fit", "fit captured", "estimator"] as const;

/**
 * What happens to it: a buffer or a submit is refused, a loss or a callback throws, the signal aborts, the device is destroyed,
 * the process of the GPU is killed, the page is loaded anew.
 */
export const faults = [
  ...["buffer", "loss", "process", "submit", "abort", "callback", "device", "reload"],
] as const;

export type Way = (typeof ways)[number];
export type Fault =
  | ("buffer" | "loss" | "process" | "submit")
  | ("abort" | "callback" | "device" | "reload");

/** What one hit is. */
export interface Hit {
  readonly way: Way;
  readonly fault: Fault;
  /** The step it comes with; of an estimator the submit, or the call of `onProgress`. */
  readonly at: number;
  /** Which of the buffers that are asked for from then on is refused, which callback throws, which estimator is hit. */
  readonly nth: number;
}

/** A loss of the device, from which all is to be put back. */
export const isLoss = (fault: Fault): boolean => fault === "device" || fault === "process";

/** Numbers below n that depend on the seed alone. */
function drawsOf(seed: number): (n: number) => number {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return (n) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0;
    return ((state ^ (state >>> 12)) >>> 0) % n;
  };
}

/** The hit of a seed: 40 seeds in a row have every fault in every way, the first 20 of them all but reloads. */
export function hitOf(seed: number): Hit {
  const below = drawsOf(seed);
  const pair = (27 * seed) % (ways.length * faults.length);
  const way = ways[pair % ways.length] as Way;
  const fault = faults[Math.floor(pair / ways.length)] as Fault;
  return { way, fault, at: below(9), nth: 1 + below(way === "estimator" ? 1000 : 6) };
}
