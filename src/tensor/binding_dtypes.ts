import type { DType } from "../core/shape.ts";
import { type BindingDtypes, bindingsOf, type Shader, type SlotFill } from "../shader/shader.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Which bindings are not f32, by slot: inputs decide for what is read or updated; outputs follow `dtypes`, then the
 * destination, then the inputs. A binding whose shader offers no choice stays f32. Undefined if all are f32.
 */
export function dtypesOf(
  shader: Shader,
  fill: SlotFill | undefined,
  tensors: Readonly<Record<string, Tensor>>,
  dtypes: Readonly<Record<string, DType | undefined>>,
): BindingDtypes | undefined {
  if (allF32(tensors) && Object.keys(dtypes).length === 0) return undefined;
  const { slots } = shader;
  const choosing = bindingsOf(shader, fill).filter(({ slot }) => slot !== undefined);
  const reads = choosing.filter(({ access }) => access !== "write");
  const found = choosing.flatMap(({ name, slot }): [string, DType][] => {
    const fits = (dtype: DType | undefined) =>
      dtype !== undefined && dtype !== "f32" && dtype in (slots[slot as string] ?? {});
    const beside = reads.filter((other) => other.slot === slot);
    const asked = beside.length > 0 ? undefined : (dtypes[name] ?? tensors[name]?.dtype);
    const like = (beside.length > 0 ? beside : reads).map((other) => tensors[other.name]?.dtype);
    const dtype = asked === undefined ? like.find(fits) : asked;
    return dtype !== undefined && fits(dtype) ? [[slot as string, dtype]] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

function allF32(tensors: Readonly<Record<string, Tensor>>): boolean {
  for (const name in tensors) if (tensors[name]?.dtype !== "f32") return false;
  return true;
}

/** Whether two dtypes are different float types. */
export const differ = (a: DType, b: DType): boolean =>
  (a === "f16" && b === "f32") || (a === "f32" && b === "f16");
