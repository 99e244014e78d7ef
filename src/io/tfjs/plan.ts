import { size } from "../../core/shape.ts";
import { damaged } from "./config.ts";
import type { WeightKind } from "./layer.ts";
import { type Graph, isGraph, type LayerNode } from "./topology.ts";
import { type StoredWeight, turned } from "./weights.ts";

/** A weight of the model as it lies here. */
export interface PlannedWeight {
  readonly stored: StoredWeight;
  readonly isBuffer: boolean;
  readonly isTrained: boolean;
}

export interface Plan {
  readonly graph: Graph;
  /** By their names in the file, in the order of the layers. */
  readonly weights: ReadonlyMap<string, PlannedWeight>;
  /** Of each layer: the names in the file, by the names that the layer has for them. */
  readonly names: ReadonlyMap<LayerNode, ReadonlyMap<string, string>>;
}

/** Gives each layer its weights. Throws `ValueError` where one is missing or has another number of axes. */
export function planModel(graph: Graph, stored: readonly StoredWeight[]): Plan {
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

/** All layers, those of models within the model too. */
const layersOf = ({ steps }: Graph): LayerNode[] =>
  steps.flatMap(({ node }) => [node, ...(isGraph(node.work) ? layersOf(node.work) : [])]);

/** A layer's weight; files of Keras have the names of models around it before its own. */
function weightOf(
  found: ReadonlyMap<string, StoredWeight>,
  layer: string,
  name: string,
): StoredWeight | undefined {
  const own = `${layer}/${name}`;
  const key = found.has(own) ? own : [...found.keys()].find((each) => each.endsWith(`/${own}`));
  return key === undefined ? undefined : found.get(key);
}

/** A weight with its axes in the order that they have here. */
function placed(weight: StoredWeight, { rank, order, shape }: WeightKind): StoredWeight {
  if (weight.shape.length !== rank || size(weight.shape) === 0) {
    damaged(`'${weight.name}' has the shape [${weight.shape.join(", ")}], expected ${rank} axes`);
  }
  const ordered = order ? turned(weight, order) : weight;
  return shape ? { ...ordered, shape: shape(ordered.shape) } : ordered;
}
