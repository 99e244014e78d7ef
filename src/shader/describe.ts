import { ShaderError } from "../core/errors.ts";
import type { Linked } from "./link.ts";
import { type Binding, type Field, isDtypeSlot, join, type Part, type Shader } from "./shader.ts";

/** The bindings and parameters that a complete shader declares. */
export interface Layout {
  readonly bindings: readonly Binding[];
  readonly params: readonly Field[];
  readonly paramsSize: number;
}

/** Reads WGSL: the build's parser, or the reader of `shader(source)`. Both throw `ShaderError`. */
export interface WgslReader {
  layout(path: string, code: string, inouts: readonly string[]): Layout;
  /** Throws if code that declares no buffer cannot be read. */
  check?(path: string, code: string): void;
}

/** The runtime description of a shader. */
export function describeShader(
  path: string,
  { parts, slots, inouts }: Linked,
  reader: WgslReader,
): Shader {
  const describe = (extra: readonly Part[]) =>
    reader.layout(path, join([...extra, ...parts]), inouts);
  const dtypes = Object.keys(slots).filter((slot) => isDtypeSlot(slots[slot] ?? {}));
  /**
   * For every slot its f32 choice, else its first; for slot `other`, its first choice that is not f32. Slot `without` is
   * left out.
   */
  const firstChoices = (without?: string, other?: string) => {
    const inOrder = [...dtypes, ...Object.keys(slots)]; // slots that decide dtypes come before the slots that use them
    return [...new Set(inOrder)].flatMap((slot) => {
      const { f32, ...others } = slots[slot] ?? {};
      if (slot === without) return [];
      const [first] = Object.values(others);
      return (slot === other ? first : (f32 ?? first)) ?? [];
    });
  };
  /**
   * The bindings of a shader with these files, each with the slot that decides its element type: the one whose other
   * choice changes it.
   */
  const stored = (files: readonly Part[], without?: string): Binding[] => {
    const found = dtypes.map((slot) => ({
      slot,
      bindings: describe([...firstChoices(without, slot), ...files]).bindings,
    }));
    return describe([...firstChoices(without), ...files]).bindings.map((binding) => {
      const changed = ({ name, dtype }: Binding) =>
        name === binding.name && dtype !== binding.dtype;
      const by = found.find(({ bindings }) => bindings.some(changed));
      return by ? { ...binding, slot: by.slot } : binding;
    });
  };
  const choice = (slot: string, files: readonly Part[]) => {
    const code = join(files);
    // most choices declare no buffer: parsing them alone is enough, and much faster
    const brings = code.includes("var<storage");
    const bindings = brings ? stored(files, slot).filter(declaredIn(files)) : [];
    if (!brings) reader.check?.(path, code);
    return { parts: files, bindings };
  };
  const filled = mapValues(slots, (choices, slot) =>
    mapValues(choices, (files) => choice(slot, files)),
  );
  const choices = Object.values(filled).flatMap((each) => Object.values(each));
  const whole = describe(firstChoices());
  const bindings = stored([]).filter(declaredIn(parts));
  checkInouts(path, inouts, [...bindings, ...choices.flatMap((each) => each.bindings)]);
  return {
    path,
    parts,
    slots: filled,
    bindings,
    params: whole.params,
    paramsSize: whole.paramsSize,
  };
}

function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}

function declaredIn(files: readonly Part[]): (binding: Binding) => boolean {
  const text = files.map((part) => part.text).join("\n");
  return ({ name }) => new RegExp(`var<storage[^>]*>\\s+${name}\\b`).test(text);
}

function checkInouts(
  path: string,
  inouts: readonly string[],
  bindings: readonly Pick<Binding, "name" | "access">[],
): void {
  for (const name of inouts) {
    if (bindings.some((b) => b.name === name && b.access === "inout")) continue;
    throw new ShaderError(
      `${path}: '//! inout ${name}' names no read_write buffer; correct the name or delete the line`,
    );
  }
}
