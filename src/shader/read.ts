/*
 * Reads from WGSL what is needed to run it, where no build step does. It understands module-scope declarations only, not
 * the bodies of functions; a unit test compares it with the build's parser on every shader of the library.
 */

import { ShaderError } from "../core/errors.ts";
import type { DType } from "../core/shape.ts";
import { withoutComments } from "./comments.ts";
import { type Binding, type Field, locate, type NumberMember, type Struct } from "./shader.ts";

/** What a shader's text declares. */
export interface ShaderText {
  readonly bindings: readonly Binding[];
  readonly params: readonly Field[];
  readonly paramsSize: number;
  /** As written: numbers, or names of overrides and constants. */
  readonly workgroupSize: readonly string[];
}

/**
 * Throws a `ShaderError` with the file and line of what it cannot read; `name` stands for the file if the text was not
 * linked. `inouts` are the buffers that the caller supplies and the shader updates.
 */
export function readShader(
  name: string,
  source: string,
  inouts: readonly string[] = [],
): ShaderText {
  const reader = new TextReader(name, source);
  const bindings = reader.bindings(inouts);
  return { bindings, ...reader.params(), workgroupSize: reader.workgroupSize() };
}

const VARIABLE =
  /((?:@\w+\s*\([^)]*\)\s*)*)\bvar\s*(?:<\s*(uniform|storage)\s*(?:,\s*(\w+)\s*)?>)?\s+(\w+)\s*:\s*([^;=]+);/g;
const SCALARS = ["f32", "i32", "u32", "f16"] as const;
const MEMBER = /^((?:@(?:align|size)\s*\([^)]*\)\s*)*)(\w+)\s*:\s*([^@]+)$/;
const TYPES =
  "use f32, i32, u32, vectors of them and structs of those, in structs also array<vec4<T>, N> and arrays of structs, in " +
  "storage also array<T> and array<atomic<T>>";

interface Scalars {
  readonly type: DType;
  readonly count: number;
}

/** A struct with its alignment in bytes. */
type Laid = Struct & { readonly align: number };
/** The content of a member, without its name and offset. */
type Without = Pick<NumberMember, "type" | "count"> | (Struct & { readonly count: number });

const typesOf = (field: Field): DType[] =>
  "fields" in field ? field.fields.flatMap(typesOf) : [field.type];

class TextReader {
  /** The text as it was given, with the name of its first file. */
  readonly #code: string;
  readonly #text: string;
  readonly #aliases: ReadonlyMap<string, string>;
  readonly #variables: readonly RegExpExecArray[];

  constructor(name: string, source: string) {
    this.#code = `// ---- ${name}\n${source}`;
    const text = withoutComments(source);
    this.#text = text;
    const aliases = text.matchAll(/\balias\s+(\w+)\s*=\s*([^;]+);/g);
    this.#aliases = new Map([...aliases].map(([, alias = "", type = ""]) => [alias, type]));
    this.#variables = [...text.matchAll(VARIABLE)].filter(([, attributes]) => attributes);
  }

  refuse(at: number, message: string): never {
    const { file, line } = locate(this.#code, 1 + this.#text.slice(0, at).split("\n").length);
    throw new ShaderError(`${file}:${line}: ${message}`);
  }

  /** Storage buffers in the order of their binding indices. */
  bindings(inouts: readonly string[]): Binding[] {
    const taken = new Map<number, string>();
    const found = this.#variables.map((variable) => {
      const [, attributes = "", space, access = "read", name = "", type = ""] = variable;
      const at = variable.index + attributes.length;
      const [group, index] = ["group", "binding"].map((each) =>
        Number(
          new RegExp(`@${each}\\s*\\(\\s*(\\d+)[ui]?\\s*\\)`).exec(attributes)?.[1] ?? Number.NaN,
        ),
      ) as [number, number];
      if (!space)
        this.refuse(at, `'${name}' is ${type.trim()}; only buffers are bound: var<storage, read>`);
      const isParams = name === "params" && index === 0;
      if (group !== 0 || !(index >= 0) || taken.has(index) || (space === "uniform" && !isParams)) {
        this.refuse(
          at,
          `'${name}' is at @group(${group}) @binding(${index}), expected group 0, a binding of its own, and one uniform, ` +
            "'params' at @binding(0); number them params, reads, writes",
        );
      }
      taken.set(index, name);
      const written = inouts.includes(name) ? "inout" : "write";
      const reads: Binding["access"] = access === "read_write" ? written : "read";
      return { space, name, index, access: reads, type, at };
    });
    return found
      .filter(({ space }) => space === "storage")
      .sort((a, b) => a.index - b.index)
      .map(({ name, index, access, type, at }) => {
        return { name, index, access, ...this.#element(name, type, at) };
      });
  }

  /** The members of the uniform's struct, and its size. */
  params(): { params: readonly Field[]; paramsSize: number } {
    const uniform = this.#variables.find(([, , space]) => space === "uniform");
    if (!uniform) return { params: [], paramsSize: 0 };
    const type = this.#resolved(uniform[5] ?? "");
    const struct = this.#struct(type);
    if (!struct) {
      this.refuse(
        uniform.index,
        `'params' is ${type}, expected a struct: struct Params { n: u32 }`,
      );
    }
    return { params: struct.fields, paramsSize: Math.ceil(struct.stride / 16) * 16 };
  }

  /** A struct's members at the offsets that WGSL gives them; undefined if the type is not a struct. */
  #struct(type: string): Laid | undefined {
    const struct = /^\w+$/.test(type)
      ? new RegExp(`\\bstruct\\s+${type}\\s*\\{([^}]*)\\}`).exec(this.#text)
      : null;
    if (!struct) return undefined;
    const begin = struct.index + struct[0].indexOf("{") + 1;
    const fields: Field[] = [];
    let [end, most] = [0, 4];
    for (const member of struct[1]?.matchAll(/[^,<]+(?:<(?:[^<>]|<[^<>]*>)*>)?\s*(?:,|$)/g) ?? []) {
      const text = member[0].replace(/,\s*$/, "").trim();
      if (text === "") continue;
      const at = begin + member.index + member[0].search(/\S/);
      const [, given = "", name = "", written = ""] = MEMBER.exec(text) ?? [];
      if (!name) this.refuse(at, `cannot read the member '${text}' of ${type}; write 'name: type'`);
      const { align, size, ...field } = this.#field(name, written, at);
      const [own, bytes] = ["align", "size"].map((each) =>
        Number(new RegExp(`@${each}\\s*\\(\\s*(\\d+)`).exec(given)?.[1] ?? 0),
      ) as [number, number];
      const place = own || align;
      const offset = Math.ceil(end / place) * place;
      fields.push({ name, offset, ...field });
      end = offset + (bytes || size);
      most = Math.max(most, place);
    }
    return { struct: type, fields, stride: Math.ceil(end / most) * most, align: most };
  }

  /** Workgroup size of the one entry point, `main`. */
  workgroupSize(): string[] {
    const entries = [...this.#text.matchAll(/@compute\b((?:\s*@\w+\s*\([^)]*\))*)\s*fn\s+(\w+)/g)];
    const [entry, other] = entries;
    if (!entry || other || entry[2] !== "main") {
      const got = entries.map((each) => each[2]).join(", ") || "none";
      this.refuse(
        other?.index ?? entry?.index ?? this.#text.trimEnd().length,
        `expected one entry point '@compute … fn main', got ${got}; pass the WGSL of one kernel`,
      );
    }
    const before =
      this.#text
        .slice(0, entry.index + entry[0].length)
        .split(/[;}]/)
        .at(-1) ?? "";
    const size = /@workgroup_size\s*\(([^)]*)\)/.exec(before);
    if (!size)
      this.refuse(
        entry.index,
        "expected @workgroup_size(64) beside @compute, got none; write it there",
      );
    return (size[1] ?? "")
      .split(",")
      .map((each) => each.trim())
      .filter(Boolean);
  }

  /** The type behind an alias, without spaces. */
  #resolved(type: string): string {
    const bare = type.replace(/\s+/g, "");
    const meant = this.#aliases.get(bare);
    return meant === undefined ? bare : this.#resolved(meant);
  }

  #inside(
    type: string,
    of: string,
  ): { readonly inner: string; readonly length: string } | undefined {
    const [, inner, length = ""] = new RegExp(`^${of}<(.*?)(?:,(\\w+),?)?>$`).exec(type) ?? [];
    return inner === undefined ? undefined : { inner: this.#resolved(inner), length };
  }

  /** Scalar type and count of `u32`, `vec4u`, `vec4<u32>`; undefined for other types. */
  #numbers(type: string): Scalars | undefined {
    const scalar = SCALARS.find((each) => each === type);
    if (scalar) return { type: scalar, count: 1 };
    const [, count, letter, inner] = /^vec([234])(?:([fiuh])|<(\w+)>)$/.exec(type) ?? [];
    if (!count) return undefined;
    const long = letter === "h" ? "f16" : `${letter}32`;
    const of = SCALARS.find((each) => each === (inner ? this.#resolved(inner) : long));
    return of && { type: of, count: Number(count) };
  }

  /** The element type of a storage buffer. */
  #element(name: string, written: string, at: number): Pick<Binding, "dtype" | "row"> {
    const type = this.#resolved(written);
    const element = this.#inside(type, "array")?.inner ?? type;
    const numbers = this.#numbers(this.#inside(element, "atomic")?.inner ?? element);
    if (numbers) return { dtype: numbers.type };
    const { align: _, ...row } =
      this.#struct(element) ?? this.refuse(at, `'${name}' has type ${type}; ${TYPES}`);
    const [dtype, other] = new Set(row.fields.flatMap(typesOf));
    if (dtype && !other) return { dtype, row };
    return this.refuse(
      at,
      `'${name}' has structs of ${dtype} and ${other}, but a tensor has one type; use one for all members`,
    );
  }

  /** A member of a struct: its content, and its offset by WGSL's layout rules. */
  #field(name: string, written: string, at: number): Without & { align: number; size: number } {
    const type = this.#resolved(written);
    const array = this.#inside(type, "array");
    const numbers = this.#numbers(array?.inner ?? type);
    const times = array ? this.#length(array.length) : 1;
    if (numbers && numbers.type !== "f16" && (!array || numbers.count === 4) && times > 0) {
      const count = numbers.count * times;
      const align = count > 2 ? 16 : 4 * count;
      return { type: numbers.type, count, align, size: 4 * count };
    }
    const struct = times > 0 && this.#struct(array?.inner ?? type);
    if (struct) return { ...struct, count: times, size: times * struct.stride };
    return this.refuse(at, `'${name}' has type ${type}; ${TYPES}`);
  }

  /** A length: a number, or the value of a constant. */
  #length(text: string): number {
    const value = /^\d/.test(text)
      ? text
      : (new RegExp(`\\bconst\\s+${text}\\s*(?::\\s*\\w+)?\\s*=\\s*(\\w+)\\s*;`).exec(
          this.#text,
        )?.[1] ?? "");
    return Number(value.replace(/[ui]$/, ""));
  }
}
