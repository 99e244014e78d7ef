/** Types of buffers and of members of structs, from reflection. Build time only. */
import { type MemberInfo, StructInfo, type TypeInfo } from "wgsl_reflect/wgsl_reflect.module.js";
import { ShaderError } from "../core/errors.ts";
import type { DType } from "../core/shape.ts";
import type { Binding, Field, NumberMember } from "./shader.ts";

type NestedType = TypeInfo & { format?: TypeInfo; count?: number; stride?: number };

/** What a storage buffer's elements are: numbers, vectors, atomics or structs. */
export function elementOf(
  path: string,
  name: string,
  type: NestedType,
): Pick<Binding, "dtype" | "row"> {
  const element: NestedType = type.name === "array" ? (type.format ?? type) : type;
  const inner = element.name === "atomic" ? (element.format ?? element) : element;
  const plain = numbers(inner);
  if (plain) return { dtype: plain.type };
  if (!(inner instanceof StructInfo)) return refuse(path, name, type);
  const fields = fieldsOf(path, inner.members, "storage");
  const [dtype, other] = new Set(fields.flatMap(typesOf));
  if (other || !dtype) {
    throw new ShaderError(
      `${path}: '${name}' has structs of ${[...new Set(fields.flatMap(typesOf))].join(" and ")}, but a tensor has one type; ` +
        "use one for all members",
    );
  }
  return { dtype, row: { struct: inner.name, fields, stride: type.stride ?? inner.size } };
}

const typesOf = (field: Field): DType[] =>
  "fields" in field ? field.fields.flatMap(typesOf) : [field.type];

/** The members of a struct. In a uniform, WGSL requires nested structs and array elements at multiples of 16 bytes. */
export function fieldsOf(
  path: string,
  members: readonly MemberInfo[],
  space: "uniform" | "storage",
): Field[] {
  let end = 0;
  return members.map(({ name, offset, type, size }) => {
    const given: NestedType = type;
    const element = given.name === "array" ? (given.format ?? given) : given;
    if (offset < end)
      refuseAlignment(path, `'${name}' behind a member that ends, with its padding, at ${end}`);
    end = offset + size;
    if (!(element instanceof StructInfo)) return { name, offset, ...fieldType(path, name, given) };
    const [count, stride] = [given.count || 1, given.stride || element.size];
    if (space === "uniform") {
      if (offset % 16) refuseAlignment(path, `'${name}' at byte ${offset}`);
      if (count > 1 && stride % 16)
        refuseAlignment(path, `elements of ${stride} bytes in '${name}'`);
      end = offset + count * Math.ceil(stride / 16) * 16;
    }
    const fields = fieldsOf(path, element.members, space);
    return { name, offset, count, struct: element.name, fields, stride };
  });
}

function refuseAlignment(path: string, got: string): never {
  throw new ShaderError(
    `${path}: expected structs of a uniform at multiples of 16 bytes, got ${got}; write @align(16) before it or ` +
      "before the first member of the struct, or put it first",
  );
}

/** A member of a struct as a scalar type and a count. */
function fieldType(
  path: string,
  name: string,
  type: NestedType,
): { type: NumberMember["type"]; count: number } {
  const plain = numbers(type);
  if (plain) return notHalf(plain) ?? refuse(path, name, type);
  const element = type.name === "array" && type.format ? numbers(type.format) : undefined;
  // only 4-vectors leave no gaps in a uniform's array
  if (element?.count !== 4 || !type.count) return refuse(path, name, type);
  return notHalf({ type: element.type, count: 4 * type.count }) ?? refuse(path, name, type);
}

/** Refuses f16 parameters: they are read once by every thread, so f16 would save nothing. */
function notHalf({ type, count }: { type: DType; count: number }) {
  return type === "f16" ? undefined : { type, count };
}

/** `u32`, `vec4u` or `vec4<u32>`; undefined for anything else. */
function numbers(type: NestedType): { type: DType; count: number } | undefined {
  const scalars = ["f32", "i32", "u32", "f16"] as const;
  const scalar = scalars.find((each) => each === type.name);
  if (scalar) return { type: scalar, count: 1 };
  const vector = /^vec([234])([fiu]?)$/.exec(type.name);
  if (!vector) return undefined;
  const count = Number(vector[1]);
  if (vector[2]) return { type: `${vector[2] as "f" | "i" | "u"}32`, count };
  const inner = type.format && numbers(type.format);
  return inner && { type: inner.type, count };
}

function refuse(path: string, name: string, type: NestedType): never {
  const element = (type.format as NestedType | undefined)?.format ?? type.format;
  const shown = element ? `${type.name} of ${element.name}` : type.name;
  throw new ShaderError(
    `${path}: '${name}' has type ${shown}; use f32, i32, u32, vectors of them and structs of those, in structs also ` +
      "array<vec4<T>, N> and arrays of structs, in storage also array<T> and array<atomic<T>>",
  );
}
