import { ValueError, WgradError } from "../../core/errors.ts";
import type { CallSignature } from "../../core/signature.ts";
import type { NamesLayers } from "../../scheduler/observe/layer_names.ts";
import type { Frame } from "../../scheduler/observe/place.ts";

const told = /* @__PURE__ */ new WeakSet<WgradError>();

/** Appends to an error the path of the layer that was running, from the outermost model: "(in layer 'stem.0': Conv2d)". */
export function located(error: unknown, frame: Frame | undefined): unknown {
  if (!(error instanceof WgradError) || told.has(error)) return error;
  told.add(error);
  const layers = layersOf(frame);
  const names = new Map(
    layers
      .at(-1)
      ?.namedModules()
      .map(([name, module]) => [module, name]),
  );
  const layer = layers.find((each) => names.get(each));
  if (!layer) return error;
  // not the class's own name, which minifiers change
  const known = Object.getOwnPropertyDescriptor(layer.constructor, "signature")?.value;
  error.message += ` (in layer '${names.get(layer)}'${known ? `: ${(known as CallSignature).name}` : ""})`;
  return error;
}

/** The layers that are running, innermost first. */
function layersOf(frame: Frame | undefined): NamesLayers[] {
  if (!frame) return [];
  const { owner, parent } = frame;
  const named = typeof owner === "object" && "namedModules" in owner ? [owner as NamesLayers] : [];
  return [...named, ...layersOf(parent)];
}

/** The forward of a class that has none: JavaScript does not ask for it. */
export function withoutForward(this: object): never {
  throw new ValueError(`${this.constructor.name}: expected forward(x), got none; write it`);
}
