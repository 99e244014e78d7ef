import type { DType } from "../core/shape.ts";
import type { Binding, Storages } from "../shader/shader.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Which slots hold f16: those something is read from or updated in f16; those only written as `dtypes` or the destination
 * says, else like what is read. Undefined where none does.
 */
export function storagesOf(
  bindings: readonly Binding[],
  tensors: Readonly<Record<string, Tensor>>,
  dtypes: Readonly<Record<string, DType | undefined>>,
): Storages | undefined {
  const choosing = bindings.filter(({ slot }) => slot !== undefined);
  const isRead = ({ access }: Binding) => access !== "write";
  const isHalf = ({ name }: Binding) => tensors[name]?.dtype === "f16";
  const reads = choosing.filter(isRead);
  const read = reads.some(isHalf);
  const halves = choosing.filter((binding) => {
    const beside = reads.filter(({ slot }) => slot === binding.slot);
    if (beside.length > 0) return beside.some(isHalf);
    const asked = dtypes[binding.name] ?? tensors[binding.name]?.dtype;
    return asked === undefined ? read : asked === "f16";
  });
  if (halves.length === 0) return undefined;
  return Object.fromEntries(halves.map(({ slot }) => [slot as string, "f16"]));
}

/** Whether both are floats, and not the same. */
export const differ = (a: DType, b: DType): boolean =>
  (a === "f16" && b === "f32") || (a === "f32" && b === "f16");
