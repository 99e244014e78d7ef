import type { Frame, Place } from "./place.ts";

/** A layer or model that knows the names of the layers below it. */
export interface NamesLayers {
  namedModules(): [name: string, module: object][];
}

/**
 * Names of the layers and parts of a step, from the outside in: ["layer1", "0", "conv1"]. Layers are named as in the
 * model's state dict. If a step runs several models, names of the second one's layers begin with "model 2".
 */
export class LayerNames {
  readonly #given: ReadonlyMap<object, string> | undefined;
  readonly #roots = new Map<NamesLayers, ReadonlyMap<object, string>>();
  readonly #known = new Map<Frame | undefined, readonly string[]>();

  /** `model` names layers that the step calls directly, outside the model's own forward. */
  constructor(model?: NamesLayers) {
    this.#given = model && namesIn(model);
  }

  /** Empty outside any layer, and in the model's own forward. */
  of(frame: Frame | undefined): readonly string[] {
    const known = this.#known.get(frame);
    if (known) return known;
    const path = this.#walk(frame);
    this.#known.set(frame, path);
    return path;
  }

  #walk(frame: Frame | undefined): string[] {
    const path: string[] = [];
    let names: ReadonlyMap<object, string> | undefined;
    let around = "";
    for (const owner of ownersOf(frame)) {
      if (typeof owner === "string") path.push(owner);
      if (!isNamed(owner)) continue;
      if (!names) {
        names = this.#namesOf(owner);
        const number = [...this.#roots.values()].indexOf(names) + 1;
        if (number > 1) path.push(`model ${number}`);
      }
      const name = names.get(owner);
      if (!name) continue; // the model itself, or a layer that is not part of it
      path.push(name.startsWith(`${around}.`) ? name.slice(around.length + 1) : name);
      around = name;
    }
    return path;
  }

  #namesOf(root: NamesLayers): ReadonlyMap<object, string> {
    if (this.#given?.has(root)) return this.#given;
    const names = this.#roots.get(root) ?? namesIn(root);
    this.#roots.set(root, names);
    return names;
  }
}

function namesIn(model: NamesLayers): ReadonlyMap<object, string> {
  return new Map(model.namedModules().map(([name, module]) => [module, name]));
}

/** Owners of the frames, outermost first. */
function ownersOf(frame: Frame | undefined): Frame["owner"][] {
  return frame ? [...ownersOf(frame.parent), frame.owner] : [];
}

function isNamed(owner: Frame["owner"] | undefined): owner is NamesLayers & object {
  return typeof owner === "object" && "namedModules" in owner;
}

/** A place in words: "layer1.0.conv1, backward". A layer outside every model is named by its class. */
export function showPlace({ phase, frame }: Place): string {
  const path = new LayerNames().of(frame).join(".");
  const layer = path || (isNamed(frame?.owner) ? frame.owner.constructor.name : "");
  return layer ? `${layer}, ${phase}` : phase;
}
