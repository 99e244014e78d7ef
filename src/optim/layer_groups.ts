import { ValueError } from "../core/errors.ts";
import { type Kind, number, required } from "../core/kinds.ts";
import { isA } from "../core/realm.ts";
import { checked, nearest, options as optionsKind } from "../core/signature.ts";
import { ModuleList, Sequential } from "../nn/container/containers.ts";
import { moduleKind } from "../nn/kinds.ts";
import type { AnyModule } from "../nn/module/module.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Options of `layerGroups`; `lr` is required. */
export interface LayerGroupsOptions {
  /** Learning rate of the last layer. */
  readonly lr: number;
  /** Learning rate of a layer ÷ that of the next one, in (0, 1]. Default 0.75. */
  readonly decay?: number;
  /**
   * Weight decay of parameters with two or more axes; biases, norms and other vectors get 0. Default: the optimiser's value
   * for all.
   */
  readonly weightDecay?: number;
}

/** A group as `layerGroups` makes it. */
export interface LayerGroup {
  /** The layer's parameters, or those of them with the same weight decay. */
  readonly parameters: readonly Tensor[];
  /** lr · decay^(layers above). */
  readonly lr: number;
  /** Weight decay: 0 for vectors; missing if `layerGroups` got none. */
  readonly weightDecay?: number;
}

const fraction: Kind = {
  expected: "a number in (0, 1]",
  accepts: (value) => typeof value === "number" && value > 0 && value <= 1,
};

/**
 * Parameter groups whose learning rates fall from the head to the first layer, lr · decay^(layers above), because early
 * layers have learned general features and should change least (layer-wise learning-rate decay: Howard and Ruder 2018;
 * Clark et al. 2020).
 *
 *     const optimizer = new AdamW(layerGroups(model, { lr: 1e-3, decay: 0.7, weightDecay: 0.05 }));
 *
 * Layers are the model's children in the order of the state dict. Members of a `Sequential` or `ModuleList` are separate
 * layers; norms, and other modules with vectors only, belong to the preceding layer. Frozen parameters are included, so
 * that they train once they are unfrozen. Throws `ValueError` for a model without parameters.
 */
export const layerGroups = /* @__PURE__ */ checked(
  "layerGroups",
  {
    model: moduleKind,
    options: /* @__PURE__ */ required(
      /* @__PURE__ */ optionsKind<LayerGroupsOptions>({
        lr: /* @__PURE__ */ required(number),
        decay: fraction,
        weightDecay: number,
      }),
    ),
  },
  grouped,
);

function grouped(model: AnyModule, options: LayerGroupsOptions): LayerGroup[] {
  const { lr, decay = 0.75, weightDecay } = options;
  const layers = layersOf(model);
  if (layers.length === 0) {
    throw new ValueError("layerGroups: expected a model with parameters, got none; pass another");
  }
  return layers.flatMap((parameters, i): LayerGroup[] => {
    const own = lr * decay ** (layers.length - 1 - i);
    if (weightDecay === undefined) return [{ parameters, lr: own }];
    const decayed = parameters.filter(isMatrix);
    const plain = parameters.filter((p) => !isMatrix(p));
    return [
      { parameters: decayed, lr: own, weightDecay },
      { parameters: plain, lr: own, weightDecay: 0 },
    ].filter((group) => group.parameters.length > 0);
  });
}

const isMatrix = ({ shape }: Tensor) => shape.length > 1;

/** Parameters by layer, each once. */
function layersOf(model: AnyModule): Tensor[][] {
  const layers: Tensor[][] = [];
  const seen = new Set<Tensor>();
  const add = (parameters: readonly Tensor[]): void => {
    const fresh = parameters.filter((p) => !seen.has(p));
    for (const p of fresh) seen.add(p);
    if (fresh.length === 0) return;
    const last = layers.at(-1);
    if (last && !fresh.some(isMatrix)) last.push(...fresh);
    else layers.push(fresh);
  };
  const open = (module: AnyModule): void => {
    for (const [, child] of module.namedChildren()) {
      if (child instanceof Sequential || child instanceof ModuleList) open(child);
      else add(child.parameters());
    }
  };
  open(model);
  add(model.parameters()); // parameters of the model itself
  return layers;
}

/** Selects parameters for a rule: those at or below a path, or whose names match. */
export type ParameterPattern = string | RegExp;

/** Options of a parameter group; the optimiser must have them. */
export interface GroupOptions {
  /** Learning rate, ≥ 0. Default, like that of the other options: the optimiser's own. */
  readonly lr?: number;
  /** λ, ≥ 0; the optimiser determines whether it is decoupled or added to the gradient. */
  readonly weightDecay?: number;
  /** Momentum of `SGD` and `RMSprop`, ≥ 0. */
  readonly momentum?: number;
  /** Decay rates of the two moments of Adam's family and `Lion`, each in [0, 1). */
  readonly betas?: readonly [number, number];
  /** Added to the denominator of a step, which keeps it above 0; ≥ 0. */
  readonly eps?: number;
}

const rulesKind: Kind = {
  expected: "an array of pairs [pattern, options]",
  advice: 'write [["features", { lr: 1e-5 }], [/bias$/, { weightDecay: 0 }]]',
  accepts: (value) =>
    Array.isArray(value) &&
    value.every(
      (rule) =>
        Array.isArray(rule) &&
        rule.length === 2 &&
        (typeof rule[0] === "string" || isA(rule[0], "RegExp")) &&
        typeof rule[1] === "object" &&
        rule[1] !== null,
    ),
};

/**
 * Parameter groups by names in the state dict: the first rule that matches a parameter applies to it; parameters without a
 * rule form the last group, with the optimiser's own options. A string selects a parameter, or a module with everything
 * below it; a regular expression selects every name that it matches.
 *
 *     new AdamW(parameterGroups(model, [["features", { lr: 1e-5 }], [/bias$/, { weightDecay: 0 }]]), { lr: 1e-3 });
 *
 * Throws `ValueError` for a rule that matches no parameter, regardless of the rules before it.
 */
export const parameterGroups = /* @__PURE__ */ checked(
  "parameterGroups",
  { model: moduleKind, rules: rulesKind },
  ruled,
);

function ruled(
  model: AnyModule,
  rules: readonly (readonly [pattern: ParameterPattern, options: GroupOptions])[],
): (GroupOptions & { readonly parameters: readonly Tensor[] })[] {
  const named = model.namedParameters();
  for (const [pattern] of rules) {
    if (!named.some(([name]) => isFor(pattern, name))) refuse(pattern, model);
  }
  const ruleOf = (name: string) => rules.findIndex(([pattern]) => isFor(pattern, name));
  const of = (rule: number) => named.filter(([name]) => ruleOf(name) === rule).map(([, p]) => p);
  const groups = rules.map(([, options], i) => ({ ...options, parameters: of(i) }));
  return [...groups, { parameters: of(-1) }].filter(({ parameters }) => parameters.length > 0);
}

function isFor(pattern: ParameterPattern, name: string): boolean {
  if (typeof pattern === "string") return name === pattern || name.startsWith(`${pattern}.`);
  return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, "")).test(name);
}

function refuse(pattern: ParameterPattern, model: AnyModule): never {
  const paths = [...model.namedModules(), ...model.namedParameters()].map(([name]) => name);
  const near = typeof pattern === "string" ? nearest(pattern, paths) : undefined;
  throw new ValueError(
    `parameterGroups: expected patterns of parameter names, got ${typeof pattern === "string" ? `"${pattern}"` : pattern}, ` +
      `which fits none; ${near ? `did you mean "${near}"?` : "see model.namedParameters()"}`,
  );
}
