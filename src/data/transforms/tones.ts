import { ValueError } from "../../core/errors.ts";
import { count, finite, optional } from "../../core/kinds.ts";
import { checkArguments, signature } from "../../core/signature.ts";
import { probability } from "../../nn/kinds.ts";
import { Transform } from "./transform.ts";

const chance = { p: /* @__PURE__ */ optional(probability) };

/** Keeps the given number of bits, 1 to 8, of ⌊255·v⌋ for each value v, with probability p (default 0.5). */
export class RandomPosterize extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomPosterize", {
    bits: count,
    ...chance,
  });

  /** Throws `ValueError` for more than 8 bits. */
  constructor(bits: number, p = 0.5) {
    checkArguments(RandomPosterize.signature, arguments);
    if (bits > 8) {
      throw new ValueError(`RandomPosterize: expected bits from 1 to 8, got ${bits}; 8 keeps all`);
    }
    super("RandomPosterize", [
      { kind: "colour", name: "posterize", gate: { p }, options: { bits } },
    ]);
  }
}

/** Inverts values from the threshold on, v to 1 − v, with probability p (default 0.5). */
export class RandomSolarize extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomSolarize", {
    threshold: finite,
    ...chance,
  });

  constructor(threshold: number, p = 0.5) {
    checkArguments(RandomSolarize.signature, arguments);
    const options = { threshold: [threshold, threshold] as const };
    super("RandomSolarize", [{ kind: "colour", name: "solarize", gate: { p }, options }]);
  }
}

/** Inverts colours, v to 1 − v for v ≥ 0, with probability p (default 0.5). */
export class RandomInvert extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomInvert", chance);

  constructor(p = 0.5) {
    checkArguments(RandomInvert.signature, arguments);
    const options = { threshold: [0, 0] as const };
    super("RandomInvert", [{ kind: "colour", name: "solarize", gate: { p }, options }]);
  }
}

/**
 * Converts an image of three channels to grey in all three, with probability p (default 0.1); a single channel is
 * unchanged.
 */
export class RandomGrayscale extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomGrayscale", chance);

  constructor(p = 0.1) {
    checkArguments(RandomGrayscale.signature, arguments);
    const steps = [undefined, undefined, { factor: [0, 0] as const }, undefined];
    super("RandomGrayscale", [{ kind: "colour", name: "jitter", gate: { p }, options: { steps } }]);
  }
}
