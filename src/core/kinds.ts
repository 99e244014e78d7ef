import { isA } from "./realm.ts";

/** A kind of value that an argument or an option may be. */
export interface Kind {
  /** Completes "expected …": "a tensor", "an integer". */
  readonly expected: string;
  /** What to do instead, after the semicolon of the message. Default: to pass what is expected. */
  readonly advice?: string | undefined;
  accepts(value: unknown): boolean;
  /** Throws, in the name of `who`, if a value of this kind cannot be used. */
  readonly check?: (value: unknown, who: string, name: string) => void;
  /** Whether an argument may be left out. Options may be unless they are `required`. */
  readonly optional?: boolean;
  readonly required?: boolean;
  /** Whether the kind describes all further arguments (a rest parameter). */
  readonly rest?: boolean;
  /** For an object of options: their kinds by name. */
  readonly known?: Kinds;
}

/** Kinds by name: of arguments in order, or of options. */
export type Kinds = Readonly<Record<string, Kind>>;

const kind = (expected: string, accepts: (value: unknown) => boolean, advice?: string): Kind => ({
  expected,
  accepts,
  advice,
});

const isNumber = (value: unknown): value is number =>
  typeof value === "number" && !Number.isNaN(value);

/** Any number but NaN; ±∞ are allowed. */
export const number = /* @__PURE__ */ kind("a number", isNumber);
export const finite = /* @__PURE__ */ kind("a finite number", Number.isFinite);
export const integer = /* @__PURE__ */ kind("an integer", Number.isInteger);
/** A positive integer, such as a number of channels or steps. */
export const count = /* @__PURE__ */ kind(
  "an integer ≥ 1",
  (value) => Number.isInteger(value) && (value as number) >= 1,
);
export const boolean = /* @__PURE__ */ kind("true or false", (value) => typeof value === "boolean");
export const string = /* @__PURE__ */ kind("a string", (value) => typeof value === "string");
export const callback = /* @__PURE__ */ kind("a function", (value) => typeof value === "function");
/** An object with any names; the function checks its content. */
export const record = /* @__PURE__ */ kind(
  "an object",
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);
export const nothing = /* @__PURE__ */ kind("null", (value) => value === null);
/** Anything but null and undefined; the function checks it. */
export const anything = /* @__PURE__ */ kind("a value", (value) => value != null);
/** An array of integers; the function checks whether they are a valid shape. */
export const shape = /* @__PURE__ */ kind(
  "a shape such as [2, 3]",
  (value) => Array.isArray(value) && value.every(isNumber),
);
/** A number for both spatial axes, or one for each. */
export const pair = /* @__PURE__ */ kind(
  "a number or a pair [height, width]",
  (value) =>
    isNumber(value) || (Array.isArray(value) && value.length === 2 && value.every(isNumber)),
);

/** One of these strings: "a", "b" or "c". */
export const oneOf = (...names: readonly string[]): Kind =>
  kind(
    names
      .map((name) => `"${name}"`)
      .join(", ")
      .replace(/,(?!.*,)/, " or"),
    (value) => names.includes(value as string),
  );

/** A tensor's dtype. */
export const dtype: Kind = {
  .../* @__PURE__ */ oneOf("f32", "i32", "u32", "f16"),
  advice: 'float32 is "f32" here, int32 "i32", uint32 "u32", float16 "f16"',
};

/** An array of numbers, or a typed array. */
export const numbers = /* @__PURE__ */ kind(
  "an array of numbers",
  (value) =>
    (Array.isArray(value) && value.every((each) => typeof each === "number")) ||
    (ArrayBuffer.isView(value) && "length" in value),
);
/** An integer ≥ 0. */
export const natural = /* @__PURE__ */ kind(
  "an integer ≥ 0",
  (value) => Number.isInteger(value) && (value as number) >= 0,
);

/** An object, but not an array, that has these properties. */
export const objectWith = (expected: string, ...names: readonly string[]): Kind =>
  kind(
    expected,
    (value) =>
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      names.every((name) => name in value),
  );

/** A GPUDevice, of a browser or of Node's package webgpu. */
export const gpuDevice = /* @__PURE__ */ objectWith("a GPUDevice", "createShaderModule", "queue");

export const signalKind = /* @__PURE__ */ kind(
  "an AbortSignal",
  (value) => isA(value, "AbortSignal"),
  "pass controller.signal of a new AbortController()",
);

/** An array whose elements are of one kind. */
export const list = (of: Kind): Kind => ({
  ...kind(
    `an array, each entry ${of.expected}`,
    (value) => Array.isArray(value) && value.every((each) => of.accepts(each)),
  ),
  check: (value, who, name) => {
    for (const each of value as readonly unknown[]) of.check?.(each, who, name);
  },
});

/** One of several kinds. */
export const either = (...kinds: readonly Kind[]): Kind => ({
  ...kind(kinds.map(({ expected }) => expected).join(" or "), (value) =>
    kinds.some((each) => each.accepts(value)),
  ),
  check: (value, who, name) => kinds.find((each) => each.accepts(value))?.check?.(value, who, name),
});

/** An argument that may be omitted. */
export const optional = (of: Kind): Kind => ({ ...of, optional: true });

/** An option that must be given. */
export const required = (of: Kind): Kind => ({ ...of, required: true });

/** All further arguments. */
export const rest = (of: Kind): Kind => ({ ...of, rest: true, optional: true });
