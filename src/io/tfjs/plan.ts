import { size } from "../../core/shape.ts";
import { damaged } from "./config.ts";
import type { WeightKind } from "./layer.ts";
import { isGraph, type LayerGraph, type LayerNode } from "./topology.ts";
import { type StoredWeight, turned } from "./weights.ts";

/** A weight of the model in wgrad's layout. */
export interface PlannedWeight {
  readonly stored: StoredWeight;
  readonly isBuffer: boolean;
  readonly isTrained: boolean;
}

export interface LayersPlan {
  readonly graph: LayerGraph;
  /** Weights by their names in the file, in the order of the layers. */
  readonly weights: ReadonlyMap<string, PlannedWeight>;
  /** For each layer, the names in the file by the names that the layer uses. */
  readonly names: ReadonlyMap<LayerNode, ReadonlyMap<string, string>>;
}

/** Assigns each layer its weights. Throws `ValueError` if one is missing or has another number of axes. */
export function planModel(graph: LayerGraph, stored: readonly StoredWeight[]): LayersPlan {
  const found = new Map(stored.map((weight) => [weight.name.replace(/:\d+$/, ""), weight]));
  const weights = new Map<string, PlannedWeight>();
  const names = new Map<LayerNode, ReadonlyMap<string, string>>();
  for (const node of layersOf(graph)) {
    if (isGraph(node.work) || names.has(node)) continue;
    const built = weightOf(found, node.name, "alpha")?.shape;
    const own = new Map<string, string>();
    for (const kind of node.work.weights?.(node.config, built) ?? []) {
      const weight = weightOf(found, node.name, kind.name);
      if (!weight) return damaged(`the layer '${node.name}' has no weight '${kind.name}'`);
      own.set(kind.name, weight.name);
      const planned = { isBuffer: kind.isBuffer ?? false, isTrained: node.isTrained };
      weights.set(weight.name, { stored: placed(weight, kind), ...planned });
    }
    names.set(node, own);
  }
  return { graph, weights, names };
}

/** All layers, including those of models within the model. */
const layersOf = ({ steps }: LayerGraph): LayerNode[] =>
  steps.flatMap(({ node }) => [node, ...(isGraph(node.work) ? layersOf(node.work) : [])]);

/** A layer's weight; in files of Keras its name may be preceded by those of enclosing models. */
function weightOf(
  found: ReadonlyMap<string, StoredWeight>,
  layer: string,
  name: string,
): StoredWeight | undefined {
  const own = `${layer}/${name}`;
  const key = found.has(own) ? own : [...found.keys()].find((each) => each.endsWith(`/${own}`));
  return key === undefined ? undefined : found.get(key);
}

/** A weight with its axes in wgrad's order. */
function placed(weight: StoredWeight, { rank, order, shape }: WeightKind): StoredWeight {
  if (weight.shape.length !== rank || size(weight.shape) === 0) {
    damaged(`'${weight.name}' has the shape [${weight.shape.join(", ")}], expected ${rank} axes`);
  }
  const ordered = order ? turned(weight, order) : weight;
  return shape ? { ...ordered, shape: shape(ordered.shape) } : ordered;
}
