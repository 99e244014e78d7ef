import { callAs, currentCaller } from "./caller.ts";
import { ValueError } from "./errors.ts";
import type { Kind, Kinds } from "./kinds.ts";
import { isPlain } from "./realm.ts";

/** What a public function or constructor takes: every argument and option is checked against it. */
export interface CallSignature {
  readonly name: string;
  /** Name and kind of each argument, in order. */
  readonly parameters: readonly (readonly [name: string, kind: Kind])[];
}

export const signature = (name: string, kinds: Kinds): CallSignature => ({
  name,
  parameters: Object.entries(kinds),
});

/** Wraps every call of a public function: `work` makes the call; what the observer returns is returned to the caller. */
export type Observer = (name: string, args: readonly unknown[], work: () => unknown) => unknown;

let observer: Observer | undefined;

/** Runs `work` with the observer `by` around every call of a public function; undefined for none. */
export function observed<R>(by: Observer | undefined, work: () => R): R {
  const before = observer;
  observer = by;
  try {
    return work();
  } finally {
    observer = before;
  }
}

/**
 * Makes a public function: it checks its arguments, and errors thrown inside it begin with its name. Its `signature` says
 * what it takes; a test uses it to call every exported function with wrong arguments.
 *
 *     export const elu = checked("elu", { x: tensorKind, options: options<EluOptions>({ alpha: number }) }, (x, …) => …);
 */
export function checked<F extends (...args: never[]) => unknown>(
  name: string,
  kinds: Kinds,
  work: F,
): F & { readonly signature: CallSignature } {
  const known = signature(name, kinds);
  const run = (args: never[]): unknown =>
    observer ? observer(name, args, () => work(...args)) : work(...args);
  const call: unknown = (...args: never[]) => {
    // inside another public function the arguments come from the library
    if (currentCaller() !== undefined) return run(args);
    return callAs(name, () => {
      checkArguments(known, args);
      return run(args);
    });
  };
  return Object.assign(call as F, { signature: known });
}

/** `checked` for an asynchronous function: wrong arguments reject its promise. */
export function checkedAsync<F extends (...args: never[]) => Promise<unknown>>(
  name: string,
  kinds: Kinds,
  work: F,
): F & { readonly signature: CallSignature } {
  const call = checked(name, kinds, work);
  const later: unknown = async (...args: never[]) => call(...args);
  return Object.assign(later as F, { signature: call.signature });
}

/**
 * Makes a public function that checks its arguments and then only runs the user's function, such as `scope`: errors in that
 * function keep their own names, or, if the library itself calls `scope`, begin with the name of the public function that
 * runs.
 */
export function passing<F extends (...args: never[]) => unknown>(
  name: string,
  kinds: Kinds,
  work: F,
): F & { readonly signature: CallSignature } {
  const known = signature(name, kinds);
  const call: unknown = (...args: never[]) => {
    checkArguments(known, args);
    return work(...args);
  };
  return Object.assign(call as F, { signature: known });
}

/**
 * An object of options with these kinds, one for each property of `O`. Unknown names are refused; the message suggests the
 * nearest known one.
 */
export function options<O extends object>(known: { readonly [Name in keyof O]-?: Kind }): Kind {
  return {
    expected: "an object of options",
    advice: `write { ${Object.keys(known).join(", ")} }, those you need`,
    accepts: isPlain,
    check: (value, who) => checkOptions(who, value as object, known),
    optional: !Object.values<Kind>(known).some((each) => each.required),
    known,
  };
}

/** Throws `ValueError` for the first argument of a wrong kind, and for too many arguments. */
export function checkArguments(
  { name, parameters }: CallSignature,
  args: ArrayLike<unknown>,
): void {
  const last = parameters.length - 1;
  const kind = parameters[last]?.[1];
  for (let i = 0; i <= (kind?.rest ? Math.max(args.length, last) - 1 : last); i++) {
    const [argument, each] = parameters[Math.min(i, last)] as readonly [string, Kind];
    if (args[i] !== undefined || !each.optional || each.rest)
      checkKind(name, argument, each, args[i]);
  }
  if (args.length <= parameters.length || kind?.rest || isMapped(parameters.length, args)) return;
  const names = parameters.map(([argument]) => argument).join(", ");
  throw new ValueError(
    `${name}: expected at most ${parameters.length} arguments (${names}), got ${args.length}; ` +
      (kind?.known
        ? `options go into one object: { ${Object.keys(kind.known).join(", ")} }`
        : "leave the rest out"),
  );
}

/** Whether the surplus arguments look like those of Array.map: an index and the array follow the element. */
const isMapped = (count: number, args: ArrayLike<unknown>): boolean =>
  count === 1 && Array.isArray(args[2]) && args[2][args[1] as number] === args[0];

/** Throws `ValueError` for an option that is unknown, missing or of a wrong kind. */
export function checkOptions(who: string, given: object, known: Kinds): void {
  const values = given as Readonly<Record<string, unknown>>;
  for (const name of [...Object.keys(given), ...Object.keys(known)]) {
    const kind = Object.hasOwn(known, name)
      ? (known[name] as Kind)
      : refuseOption(who, name, known);
    if (kind.required || values[name] !== undefined) checkKind(who, name, kind, values[name]);
  }
}

/** An option and what other libraries call it. */
const elsewhere = /ax.s dim|lr learn/i;

function refuseOption(who: string, name: string, known: Kinds): never {
  const names = Object.keys(known);
  const near =
    // the option has one of this name within, or another name elsewhere
    names.find((each) => known[each]?.known?.[name] || elsewhere.test(`${each} ${name}`)) ??
    nearest(name, names);
  throw new ValueError(
    `${who}: expected options ${names.join(", ") || "none"}, got '${name}'; ` +
      (near ? `did you mean '${near}'?` : "leave it out"),
  );
}

function checkKind(who: string, name: string, kind: Kind, value: unknown): void {
  if (!kind.accepts(value)) {
    throw new ValueError(
      `${who}: expected ${kind.expected} as ${name}, got ${describe(value)}; ${kind.advice ?? `pass ${kind.expected}`}`,
    );
  }
  kind.check?.(value, who, name);
}

/** A value as error messages write it. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  if (typeof value === "function")
    return nameOf(value) ? `the function or class ${nameOf(value)}` : "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return String(value);
  if ("shape" in value && "dtype" in value) return `a tensor [${value.shape}]`;
  if (Array.isArray(value)) {
    return value.length <= 8 && value.every((each) => typeof each !== "object")
      ? `[${value.map(describe).join(", ")}]`
      : `an array of ${value.length}`;
  }
  if (isPlain(value)) return `an object { ${Object.keys(value).slice(0, 8).join(", ")} }`;
  return `an object of class ${nameOf(value.constructor)}`;
}

/** Name of a function or class; this library's own keep theirs when minified. */
function nameOf(
  made: { readonly name?: unknown; readonly signature?: { readonly name?: unknown } } | undefined,
) {
  return made?.signature?.name ?? made?.name;
}

/** The name most like this one, by their longest common subsequence of letters; undefined if none is. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll("_", "");
  const score = (other: string) => {
    const [a, b] = [plain(name), plain(other)];
    // one may be a part of the other; otherwise two letters of three must be the same, of long names more
    const least = a.includes(b) || b.includes(a) ? 0.15 : 0.34;
    return commonLetters(a, b) / (a.length + b.length - 0.2) - least;
  };
  const near = names.filter((each) => score(each) > 0);
  return near.sort((a, b) => score(b) - score(a))[0];
}

function commonLetters(a: string, b: string): number {
  let row = [...b].map(() => 0); // of the letters of a so far, with each beginning of b
  for (const letter of a) {
    let [before, left] = [0, 0];
    row = row.map((above, i) => {
      left = letter === b[i] ? before + 1 : Math.max(above, left);
      before = above;
      return left;
    });
  }
  return Math.max(0, ...row);
}
