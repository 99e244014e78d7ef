/** The rows that the optimisers' kernels read, as wgrad/kernels exports them, with checked options. */
import { boolean, count, type Kind, number, required } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { type AdadeltaOptions, adadeltaRow as adadelta } from "./adadelta.ts";
import { type AdagradKernelOptions, adagradRow as adagrad } from "./adagrad.ts";
import { type AdamOptions, adamRow as adam, type MomentOptions } from "./adam.ts";
import { type AdamaxOptions, adamaxRow as adamax } from "./adamax.ts";
import { type LionOptions, lionRow as lion } from "./lion.ts";
import { nadamMomentum as momentum, type NadamOptions, nadamRow as nadam } from "./nadam.ts";
import { radamRow as radam } from "./radam.ts";
import { type RmspropOptions, rmspropRow as rmsprop } from "./rmsprop.ts";
import { type SgdOptions, sgdRow as sgd } from "./sgd.ts";

const betas: Kind = {
  expected: "a pair [β₁, β₂]",
  accepts: (value) => Array.isArray(value) && value.length === 2 && value.every(number.accepts),
};
const lr = /* @__PURE__ */ required(number);
const common = { lr, weightDecay: number, maximize: boolean };
const moments = { ...common, betas, eps: number, decoupledWeightDecay: boolean };

const nadamOptions = /* @__PURE__ */ options<NadamOptions>({ ...moments, momentumDecay: number });

/** A row of the kernel `adam` for Adam. Throws `ValueError`. */
export const adamRow = /* @__PURE__ */ checked(
  "adamRow",
  { options: options<AdamOptions>({ ...moments, amsgrad: boolean }), step: count },
  adam,
);
/** A row of the kernel `adam` for NAdam. Throws `ValueError`. */
export const nadamRow = /* @__PURE__ */ checked(
  "nadamRow",
  { options: nadamOptions, step: count, product: number },
  nadam,
);
/** NAdam's momentum μₜ. */
export const nadamMomentum = /* @__PURE__ */ checked(
  "nadamMomentum",
  { options: nadamOptions, step: count },
  momentum,
);
/** A row of the kernel `adam` for RAdam. Throws `ValueError`. */
export const radamRow = /* @__PURE__ */ checked(
  "radamRow",
  { options: options<MomentOptions>(moments), step: count },
  radam,
);
/** A row of the kernel `adamax`. Throws `ValueError`. */
export const adamaxRow = /* @__PURE__ */ checked(
  "adamaxRow",
  { options: options<AdamaxOptions>({ ...common, betas, eps: number }), step: count },
  adamax,
);
/** A row of the kernel `lion`. Throws `ValueError`. */
export const lionRow = /* @__PURE__ */ checked(
  "lionRow",
  { options: options<LionOptions>({ ...common, betas }) },
  lion,
);
/** A row of the kernel `adagrad`. Throws `ValueError`. */
export const adagradRow = /* @__PURE__ */ checked(
  "adagradRow",
  {
    options: options<AdagradKernelOptions>({ ...common, lrDecay: number, eps: number }),
    step: count,
  },
  adagrad,
);
/** A row of the kernel `adadelta`. Throws `ValueError`. */
export const adadeltaRow = /* @__PURE__ */ checked(
  "adadeltaRow",
  {
    options: options<AdadeltaOptions>({
      ...{ ...common, rho: number, eps: number },
      rmsUpdates: boolean,
    }),
  },
  adadelta,
);
/** A row of the kernel `rmsprop`. Throws `ValueError`. */
export const rmspropRow = /* @__PURE__ */ checked(
  "rmspropRow",
  {
    options: options<RmspropOptions>({
      ...{ ...common, alpha: number, eps: number },
      ...{ momentum: number, centered: boolean },
    }),
    step: count,
  },
  rmsprop,
);
/** A row of the kernel `sgd`. Throws `ValueError`. */
export const sgdRow = /* @__PURE__ */ checked(
  "sgdRow",
  {
    options: options<SgdOptions>({
      ...{ ...common, momentum: number, dampening: number },
      ...{ nesterov: boolean, decoupledWeightDecay: boolean },
    }),
    step: count,
  },
  sgd,
);
