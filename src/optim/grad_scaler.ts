import { callAs } from "../core/caller.ts";
import { ValueError } from "../core/errors.ts";
import { finite, natural, number, required } from "../core/kinds.ts";
import { checkArguments, options, signature } from "../core/signature.ts";
import { type LossScaleOptions, lossScale } from "../kernels/optim/loss_scale.ts";
import { unscale } from "../kernels/optim/unscale.ts";
import { assign } from "../nn/module/state.ts";
import { mul } from "../ops/elementwise/elementwise.ts";
import { reshape } from "../ops/shape/reshape.ts";
import { slice } from "../ops/shape/shape.ts";
import type { Engine } from "../scheduler/engine.ts";
import { tensor } from "../tensor/create.ts";
import { engineKind, tensorKind } from "../tensor/kinds.ts";
import { run } from "../tensor/run.ts";
import { keep } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Clip, checkLimit, measure, type NormLimit } from "./grad_norm.ts";
import { optimizerKind } from "./kinds.ts";

/** Options of a `GradScaler`: the initial scale, and how it grows and falls. */
export interface GradScalerOptions extends Partial<LossScaleOptions> {
  /** The scale of the first step. Default 65,536. */
  readonly initScale?: number;
  /** Engine whose GPU holds the scale. Default: the engine of the last `init()`. */
  readonly engine?: Engine;
}

/** State of a `GradScaler` as plain data, with PyTorch's names. */
export interface GradScalerState extends LossScaleOptions {
  /** The current scale. */
  readonly scale: number;
  /** Steps since the scale last changed. */
  readonly growthTracker: number;
}

/** Any first-order optimiser. */
interface FirstOrderOptimizer {
  step(clip: Clip): Tensor;
}

/**
 * Scales losses so that small gradients do not become 0 in f16, and skips steps whose gradients overflowed:
 *
 *     const loss = autocast(() => crossEntropy(model.forward(x), y));
 *     scaler.scale(loss).backward();
 *     scaler.step(optimizer); // nothing is updated if a gradient is NaN or ±∞
 *     scaler.update();
 *
 * Scale and overflow flag stay on the GPU: nothing is read back, and a captured step can contain all of this. A skipped
 * step counts in the optimiser's `steps`, and so in bias corrections and schedules. Defaults of torch.amp.GradScaler:
 * growthFactor 2, backoffFactor 0.5, growthInterval 2,000. Micikevicius et al., "Mixed precision training", 2018.
 */
export class GradScaler {
  static readonly signature = /* @__PURE__ */ signature("GradScaler", {
    options: options<GradScalerOptions>({
      initScale: number,
      engine: engineKind,
      growthFactor: number,
      backoffFactor: number,
      growthInterval: number,
    }),
  });

  #options: LossScaleOptions;
  /** `[2]`: the scale, and the number of steps since it changed. */
  readonly #state: Tensor;
  readonly #found: Tensor;

  /** Throws `ValueError` for invalid factors and intervals. */
  constructor(given: GradScalerOptions = {}) {
    checkArguments(GradScaler.signature, arguments);
    const { initScale = 65536, engine } = given;
    const { growthFactor = 2, backoffFactor = 0.5, growthInterval = 2000 } = given;
    check("initScale", initScale, initScale > 0 && initScale < 3e38, "> 0 and < 3e38");
    this.#options = checkedOptions({ growthFactor, backoffFactor, growthInterval });
    const where = engine ? { engine } : {};
    this.#state = callAs("GradScaler", () =>
      keep(tensor([initScale, 0], { name: "loss scale", ...where })),
    );
    this.#found = keep(tensor(0, { name: "found infinity", ...where }));
  }

  /** loss · scale, of the loss's shape. */
  scale(loss: Tensor): Tensor {
    checkArguments(scaled, arguments);
    using first = slice(this.#state, [{ end: 1 }]); // slice copies: update() changes the state
    using factor = reshape(
      first,
      loss.shape.map(() => 1),
    );
    return mul(loss, factor);
  }

  /**
   * The optimiser's step with the gradients divided by the scale, unless one of them is NaN or ±∞. With `maxNorm` they are
   * clipped as in `clippedStep(optimizer, maxNorm)`, by the norm of the unscaled gradients. Throws the errors of
   * `clippedStep`.
   */
  step(
    optimizer: FirstOrderOptimizer,
    { maxNorm = Number.POSITIVE_INFINITY, normType }: Partial<NormLimit> = {},
  ): void {
    checkArguments(stepped, arguments);
    const type = normType ?? (maxNorm === Number.POSITIVE_INFINITY ? maxNorm : 2);
    const limit = { maxNorm, normType: type };
    checkLimit("GradScaler.step", limit);
    const clip: Clip = {
      measure: (sources) => {
        const { norm } = measure(sources, limit);
        const inputs = { norm, state: this.#state, found: this.#found };
        return { norm, coefficient: run(unscale, inputs, { maxNorm }).coefficient };
      },
    };
    optimizer.step(clip).dispose();
  }

  /** Updates the scale; call it once per step, after the steps of all optimisers. */
  update(): void {
    // a function, called in every replay: loadStateDict may change the options
    run(lossScale, { state: this.#state, found: this.#found }, () => this.#options);
  }

  /** Reads the current scale from the GPU. */
  async getScale(): Promise<number> {
    return (await this.#state.read())[0] ?? Number.NaN;
  }

  /** The state after `update()`, for `saveCheckpoint`. */
  async stateDict(): Promise<GradScalerState> {
    const options = { ...this.#options };
    const [scale = Number.NaN, growthTracker = Number.NaN] = await this.#state.read();
    return { scale, growthTracker, ...options };
  }

  /**
   * Restores a state from `stateDict()`, its factors included, as PyTorch does; captured steps use it. Throws `ValueError`
   * for an invalid state; then nothing changes.
   */
  loadStateDict(state: GradScalerState): void {
    checkArguments(saved, arguments);
    const { scale, growthTracker, ...options } = state;
    check("scale", scale, scale >= 0 && scale < 3.4e38, "≥ 0 and < 3.4e38");
    const { growthInterval } = checkedOptions(options);
    check("growthTracker", growthTracker, growthTracker < growthInterval, `< ${growthInterval}`);
    assign(this.#state, Float32Array.of(scale, growthTracker));
    assign(this.#found, new Float32Array(1));
    this.#options = options;
  }

  /** Frees its state on the GPU. */
  dispose(): void {
    this.#state.dispose();
    this.#found.dispose();
  }
}

const scaled = /* @__PURE__ */ signature("GradScaler.scale", { loss: tensorKind });
const stepped = /* @__PURE__ */ signature("GradScaler.step", {
  optimizer: optimizerKind,
  limit: options<Partial<NormLimit>>({ maxNorm: number, normType: number }),
});

const saved = /* @__PURE__ */ signature("GradScaler.loadStateDict", {
  state: options<GradScalerState>({
    scale: required(finite),
    growthTracker: required(natural),
    growthFactor: required(finite),
    backoffFactor: required(finite),
    growthInterval: required(natural),
  }),
});

function checkedOptions(given: LossScaleOptions): LossScaleOptions {
  const { growthFactor, backoffFactor, growthInterval } = given;
  check("growthFactor", growthFactor, growthFactor > 1 && growthFactor < 3e38, "> 1");
  check("backoffFactor", backoffFactor, backoffFactor > 0 && backoffFactor < 1, "in 0..1");
  const whole = Number.isInteger(growthInterval) && growthInterval > 0;
  check("growthInterval", growthInterval, whole, "a whole number > 0");
  return given;
}

function check(name: string, value: number, holds: boolean, domain: string): void {
  if (holds) return;
  throw new ValueError(`GradScaler: expected ${name} ${domain}, got ${value}; see its defaults`);
}
