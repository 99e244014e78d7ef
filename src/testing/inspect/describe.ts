import { show } from "../../core/shape.ts";
import type { Dispatch } from "../../scheduler/dispatch.ts";
import { showPlace } from "../../scheduler/observe/layer_names.ts";

/** `family/name` of a dispatch's kernel. */
export function kernelOf({ pipeline }: Dispatch): string {
  return pipeline.shader.path.replace(/\.wgsl$/, "");
}

/** A binding and its tensor: "y (relu[2, 3])". */
export function tensorOf({ call }: Dispatch, binding: string): string {
  const tensor = call?.tensors[binding];
  return tensor ? `${binding} (${show(tensor.shape, tensor.name)})` : binding;
}

/** A dispatch in words: "elementwise/activate of conv1, forward: x (input[2, 3]) → y (relu[2, 3])". */
export function describe(dispatch: Dispatch): string {
  const { bindings } = dispatch.pipeline;
  const list = (read: boolean) =>
    bindings
      .filter(({ access }) => (access === "read") === read)
      .map(({ name }) => tensorOf(dispatch, name))
      .join(", ");
  return `${kernelOf(dispatch)} of ${showPlace(dispatch.place)}: ${list(true)} → ${list(false)}`;
}
