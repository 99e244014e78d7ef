import type { AdamRow } from "#shaders/optim/adam.wgsl";
import { type MomentOptions, momentRow } from "./adam.ts";
import { checkNumbers } from "./arena.ts";

/** One parameter group; PyTorch's names, and its defaults for `NAdam`. */
export interface NadamOptions extends MomentOptions {
  /** ψ: how fast the momentum approaches β₁; default 4e-3. */
  readonly momentumDecay?: number;
}

/** Nesterov momentum of step t (from 1): μₜ = β₁ · (1 − 0.96^(t · ψ) / 2). */
export function nadamMomentum(options: NadamOptions, step: number): number {
  const { betas = [0.9, 0.999], momentumDecay = 4e-3 } = options;
  return betas[0] * (1 - 0.5 * 0.96 ** (step * momentumDecay));
}

/**
 * NAdam's row for the kernel `adam` (Dozat 2016, as torch.optim.NAdam): a = lr · μₜ₊₁ / (1 − product · μₜ₊₁),
 * b = lr · (1 − μₜ) / (1 − product), c = 1 / √(1 − β₂ᵗ), where `product` is μ₁ · … · μₜ. Throws `ValueError`.
 */
export function nadamRow(options: NadamOptions, step: number, product: number): AdamRow {
  const { lr, momentumDecay = 4e-3 } = options;
  checkNumbers("nadam", { momentumDecay });
  return momentRow("nadam", options, step, (_, beta2, eps) => {
    const mu = nadamMomentum(options, step);
    const next = nadamMomentum(options, step + 1);
    return {
      rate: (lr * next) / (1 - product * next),
      gradient_rate: (lr * (1 - mu)) / (1 - product),
      root_scale: 1 / Math.sqrt(1 - beta2 ** step),
      eps,
    };
  });
}
