import {
  allOverrides,
  type Binding,
  type Field,
  isDtypeSlot,
  type Shader,
  type Struct,
} from "./shader.ts";

const union = (names: readonly string[]) =>
  names.map((n) => JSON.stringify(n)).join(" | ") || "never";
const record = (entries: (readonly [string, string])[]) =>
  entries.length ? `{ ${entries.map(([name, type]) => `${name}: ${type}`).join("; ")} }` : "{}";
const dtypes = (bindings: readonly Binding[], ...access: Binding["access"][]) =>
  record(bindings.filter((b) => access.includes(b.access)).map((b) => [b.name, `"${b.dtype}"`]));

/**
 * The TypeScript declaration of a shader's module. `from` is the file the declaration is for; `types` is the module that
 * exports the type Shader.
 */
export function declaration(shader: Shader, from: string, types: string): string {
  const brought = Object.values(shader.slots).flatMap((choices) =>
    Object.values(choices).flatMap((choice) => choice.bindings),
  );
  const optional = [...new Map(brought.map((b) => [b.name, b])).values()];
  const slots = Object.entries(shader.slots)
    .filter(([, choices]) => !isDtypeSlot(choices))
    .map(([slot, choices]) => [slot, union(Object.keys(choices))] as const);
  const bindings = [...shader.bindings, ...optional];
  const rows = bindings.flatMap(({ name, row }) => (row ? [[name, row.struct] as const] : []));
  const structs = new Map<string, string>();
  for (const { row } of bindings) if (row) addStruct(structs, row);
  const params = shader.params.map((field) => [field.name, typeOf(structs, field)] as const);
  return `// Generated from ${from}. Do not edit.
import type { Shader } from "${types}";
${[...structs].map(([name, type]) => `export type ${name} = ${type};\n`).join("")}declare const shader: Shader<{
  reads: ${dtypes(shader.bindings, "read")};
  optional: ${dtypes(optional, "read", "inout")};
  writes: ${dtypes(shader.bindings, "write")};
  inouts: ${dtypes(shader.bindings, "inout")};
  params: ${record(params)};
${rows.length ? `  rows: ${record(rows)};\n` : ""}  overrides: ${union(allOverrides(shader))};
  slots: ${record(slots)};
}>;
export default shader;
`;
}

/** The TypeScript type of a member; adds the structs it names to `structs`. */
function typeOf(structs: Map<string, string>, field: Field): string {
  if (!("fields" in field)) return field.count === 1 ? "number" : "readonly number[]";
  addStruct(structs, field);
  return field.count === 1 ? field.struct : `readonly ${field.struct}[]`;
}

function addStruct(structs: Map<string, string>, { struct, fields }: Struct): void {
  structs.set(struct, record(fields.map((field) => [field.name, typeOf(structs, field)])));
}
