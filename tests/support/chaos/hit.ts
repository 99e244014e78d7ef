/** Ways to train or to fit that can be hit. */
export const ways = ["eager", "captured", "fit", "fit captured", "estimator"] as const;

/**
 * Faults: a buffer or a submit is refused, a loss or a callback throws, the signal aborts, the device is destroyed, the
 * GPU process is killed, the page is reloaded.
 */
export const faults = [
  ...["buffer", "loss", "process", "submit", "abort", "callback", "device", "reload"],
] as const;

export type Way = (typeof ways)[number];
export type Fault =
  | ("buffer" | "loss" | "process" | "submit")
  | ("abort" | "callback" | "device" | "reload");

/** One fault at one moment. */
export interface Hit {
  readonly way: Way;
  readonly fault: Fault;
  /** The step at which it happens; for an estimator the number of the submit or of the `onProgress` call. */
  readonly at: number;
  /**
   * For a refused buffer, which one from then on; for a callback, which one throws; for an estimator, which one is hit.
   */
  readonly nth: number;
}

/** Whether the device is lost, so that everything on it must be restored. */
export const isLoss = (fault: Fault): boolean => fault === "device" || fault === "process";

/** Random integers below n that depend on the seed alone. */
function drawsOf(seed: number): (n: number) => number {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return (n) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0;
    return ((state ^ (state >>> 12)) >>> 0) % n;
  };
}

/**
 * The hit of a seed: any 40 consecutive seeds contain every fault for every way, the first 20 of them all but reloads.
 */
export function hitOf(seed: number): Hit {
  const below = drawsOf(seed);
  const pair = (27 * seed) % (ways.length * faults.length);
  const way = ways[pair % ways.length] as Way;
  const fault = faults[Math.floor(pair / ways.length)] as Fault;
  return { way, fault, at: below(9), nth: 1 + below(way === "estimator" ? 1000 : 6) };
}
