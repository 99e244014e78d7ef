/** The rows of numbers that the optimisers' kernels read, as wgrad/kernels exports them: with checked options. */
import { boolean, count, type Kind, number, required } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { type AdadeltaOptions, packAdadeltaGroup as adadelta } from "./adadelta.ts";
import { type AdagradOptions, packAdagradGroup as adagrad } from "./adagrad.ts";
import { type AdamOptions, packAdamGroup as adam, type MomentOptions } from "./adam.ts";
import { type AdamaxOptions, packAdamaxGroup as adamax } from "./adamax.ts";
import { type LionOptions, packLionGroup as lion } from "./lion.ts";
import { nadamMomentum as momentum, type NadamOptions, packNadamGroup as nadam } from "./nadam.ts";
import { packRadamGroup as radam } from "./radam.ts";
import { type RmspropOptions, packRmspropGroup as rmsprop } from "./rmsprop.ts";
import { type SgdOptions, packSgdGroup as sgd } from "./sgd.ts";

const betas: Kind = {
  expected: "a pair [β₁, β₂]",
  accepts: (value) => Array.isArray(value) && value.length === 2 && value.every(number.accepts),
};
const lr = /* @__PURE__ */ required(number);
const common = { lr, weightDecay: number, maximize: boolean };
const moments = { ...common, betas, eps: number, decoupledWeightDecay: boolean };

const nadamOptions = /* @__PURE__ */ options<NadamOptions>({ ...moments, momentumDecay: number });

/** A row of the kernel `adam` for Adam. Throws `ValueError`. */
export const packAdamGroup = /* @__PURE__ */ checked(
  "packAdamGroup",
  { options: options<AdamOptions>({ ...moments, amsgrad: boolean }), step: count },
  adam,
);
/** A row of the kernel `adam` for NAdam. Throws `ValueError`. */
export const packNadamGroup = /* @__PURE__ */ checked(
  "packNadamGroup",
  { options: nadamOptions, step: count, product: number },
  nadam,
);
/** NAdam's μₜ. */
export const nadamMomentum = /* @__PURE__ */ checked(
  "nadamMomentum",
  { options: nadamOptions, step: count },
  momentum,
);
/** A row of the kernel `adam` for RAdam. Throws `ValueError`. */
export const packRadamGroup = /* @__PURE__ */ checked(
  "packRadamGroup",
  { options: options<MomentOptions>(moments), step: count },
  radam,
);
/** A row of the kernel `adamax`. Throws `ValueError`. */
export const packAdamaxGroup = /* @__PURE__ */ checked(
  "packAdamaxGroup",
  { options: options<AdamaxOptions>({ ...common, betas, eps: number }), step: count },
  adamax,
);
/** A row of the kernel `lion`. Throws `ValueError`. */
export const packLionGroup = /* @__PURE__ */ checked(
  "packLionGroup",
  { options: options<LionOptions>({ ...common, betas }) },
  lion,
);
/** A row of the kernel `adagrad`. Throws `ValueError`. */
export const packAdagradGroup = /* @__PURE__ */ checked(
  "packAdagradGroup",
  { options: options<AdagradOptions>({ ...common, lrDecay: number, eps: number }), step: count },
  adagrad,
);
/** A row of the kernel `adadelta`. Throws `ValueError`. */
export const packAdadeltaGroup = /* @__PURE__ */ checked(
  "packAdadeltaGroup",
  {
    options: options<AdadeltaOptions>({
      ...{ ...common, rho: number, eps: number },
      rmsUpdates: boolean,
    }),
  },
  adadelta,
);
/** A row of the kernel `rmsprop`. Throws `ValueError`. */
export const packRmspropGroup = /* @__PURE__ */ checked(
  "packRmspropGroup",
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
export const packSgdGroup = /* @__PURE__ */ checked(
  "packSgdGroup",
  {
    options: options<SgdOptions>({
      ...{ ...common, momentum: number, dampening: number },
      ...{ nesterov: boolean, decoupledWeightDecay: boolean },
    }),
    step: count,
  },
  sgd,
);
