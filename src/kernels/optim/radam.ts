import type { AdamRow } from "#shaders/optim/adam.wgsl";
import { type MomentOptions, momentRow } from "./adam.ts";

/**
 * RAdam's row for the kernel `adam` (Liu et al. 2020, as torch.optim.RAdam). ρ∞ = 2 / (1 − β₂) − 1 and ρ = ρ∞ − 2 · t · β₂ᵗ
 * / (1 − β₂ᵗ) measure how reliable v is. Up to ρ = 5 the step is lr / (1 − β₁ᵗ) · m; above, it is multiplied by r · √(1 −
 * β₂ᵗ) / (√v + ε) with r = √((ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ)). Throws `ValueError`.
 */
export function radamRow(options: MomentOptions, step: number): AdamRow {
  return momentRow("radam", options, step, (beta1, beta2, eps) => {
    const rate = options.lr / (1 - beta1 ** step);
    const rest = 1 - beta2 ** step;
    const most = 2 / (1 - beta2) - 1;
    const rho = most - (2 * step * beta2 ** step) / rest;
    if (rho <= 5) return { rate, gradient_rate: 0, root_scale: 0, eps: 1 };
    const r = Math.sqrt(((rho - 4) * (rho - 2) * most) / ((most - 4) * (most - 2) * rho));
    return { rate: rate * r * Math.sqrt(rest), gradient_rate: 0, root_scale: 1, eps };
  });
}
