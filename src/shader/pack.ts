/** Packs named numbers into the bytes that a shader reads. */
import { ShaderError } from "../core/errors.ts";
import type { Field, NumberMember, RowsOf, Shader, Signature, Struct, Values } from "./shader.ts";

/**
 * Packs parameters into the uniform buffer's layout, at `byteOffset` of `view`. A list of structs may be shorter than the
 * array; the rest is zeros. Throws `ShaderError`.
 */
export function packParams(shader: Shader, values: Values, view: DataView, byteOffset = 0): void {
  pack(`${shader.path}: params`, shader.params, values, view, byteOffset);
}

/** The content of a storage buffer of structs, of shape [structs, numbers per struct]. Throws `ShaderError`. */
export function packRows<S extends Signature, Name extends keyof RowsOf<S> & string>(
  shader: Shader<S>,
  name: Name,
  rows: readonly RowsOf<S>[Name][],
): Float32Array<ArrayBuffer> {
  const { fields, stride } = rowOf(shader, name);
  const packed = new Float32Array((rows.length * stride) / 4);
  const view = new DataView(packed.buffer);
  const path = `${shader.path}: ${name}`;
  rows.forEach((row, i) => {
    pack(path, fields, row as Values, view, i * stride);
  });
  return packed;
}

/** The struct that a buffer of structs consists of. */
export const rowOf = ({ bindings }: Shader, name: string): Struct =>
  bindings.find((binding) => binding.name === name)?.row as Struct;

function pack(
  path: string,
  fields: readonly Field[],
  values: Values,
  view: DataView,
  byteOffset: number,
): void {
  for (const field of fields) {
    const { name, count } = field;
    const value = values[name];
    const list = Array.isArray(value) ? value : [value];
    const struct = "fields" in field && field;
    const refuse = struct ? list.length > count : list.length !== count;
    if (refuse) throw wrong(path, name, count, list.length);
    let at = byteOffset + field.offset;
    const end = at + count * (struct ? struct.stride : 4);
    for (const each of list) {
      if (struct) pack(`${path}.${name}`, struct.fields, Object(each), view, at);
      else packNumber(path, field as NumberMember, each, view, at);
      at += struct ? struct.stride : 4;
    }
    for (; at < end; at += 4) view.setUint32(at, 0);
  }
}

function packNumber(
  path: string,
  { name, type }: NumberMember,
  value: number,
  view: DataView,
  at: number,
): void {
  const fits = type === "f32" || (type === "i32" ? value | 0 : value >>> 0) === value;
  if (typeof value !== "number" || !fits) throw wrong(path, name, type, value);
  if (type === "f32") view.setFloat32(at, value, true);
  else view.setUint32(at, value, true); // modulo 2³²: negative integers work, too
}

const wrong = (path: string, name: string, expected: unknown, got: unknown) =>
  new ShaderError(`${path}.${name} expects ${expected}, got ${got}; correct the kernel's plan`);
