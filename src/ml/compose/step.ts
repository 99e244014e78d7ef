import { ValueError, WgradError } from "../../core/errors.ts";
import type { Kind } from "../../core/kinds.ts";
import { messageOf } from "../../core/realm.ts";
import { describe, nearest } from "../../core/signature.ts";
import type { LabelInput } from "../labels.ts";
import type { Table, TableTaker } from "../table.ts";

/**
 * A transformer or an estimator, of this library or the user's: `fit` returns a fitted object with `transform`, or with
 * `predict` and similar methods. y is passed to a `fit` with at least two parameters, not counting those with defaults, or
 * with none.
 */
export interface Step extends TableTaker {
  /** Returns the fitted object. */
  fit(X: Table, ...further: never[]): Promise<object> | object;
}

/** Makes a step from its parameters: a class, or a function. */
export type StepMaker<S extends Step = Step> =
  | (new (
      options?: never,
    ) => S)
  | ((params: never) => S);

/** A step, its maker, or "passthrough" for none. */
export type StepLike = Step | StepMaker | "passthrough";

/** Values by name of the parameter. */
export type Params = Readonly<Record<string, unknown>>;

/** The step that a maker makes. */
export type MadeOf<S> = S extends new (
  ...args: never[]
) => infer Made
  ? Made
  : S extends (...args: never[]) => infer Made
    ? Made
    : S;

/** The result of its `fit`. */
export type FittedOf<S> =
  MadeOf<S> extends { fit(...args: never[]): infer Fitted } ? Awaited<Fitted> : MadeOf<S>;

export const has = (value: unknown, method: string): boolean =>
  typeof Object(value)[method] === "function";

export const stepLike: Kind = {
  expected: 'an object with fit(), a class or function that makes one, or "passthrough"',
  accepts: (value) => value === "passthrough" || typeof value === "function" || has(value, "fit"),
};

/** An array of such entries; the message names the first that is none. */
export const entries = (of: Kind, show: (entry: unknown) => string): Kind => ({
  expected: `an array, each entry ${of.expected}`,
  accepts: Array.isArray,
  check: (value, who, name) => {
    const given = value as readonly unknown[];
    const odd = given.findIndex((entry) => !of.accepts(entry));
    if (odd < 0) return;
    throw new ValueError(
      `${who}: expected ${of.expected} as ${name}[${odd}], got ${show(given[odd])}; ${of.advice}`,
    );
  },
});

/** An entry with its parts, as messages show it. */
export const showParts = (entry: unknown): string =>
  Array.isArray(entry) ? `[${entry.map(describe).join(", ")}]` : describe(entry);

/** Makes a step with parameters. Throws in the name of `who` for unknown parameters. */
export function make(who: string, step: StepLike, params: Params = {}): Step | "passthrough" {
  if (typeof step !== "function") return step === "passthrough" ? step : tuned(who, step, params);
  const isClass = has(step.prototype, "fit");
  const made: unknown = as(who, () =>
    isClass ? Reflect.construct(step, [params]) : Reflect.apply(step, undefined, [params]),
  );
  if (has(made, "fit")) return made as Step;
  throw new ValueError(
    `${who}: expected an object with fit() of the function given, got ${describe(made)}; return an estimator`,
  );
}

/** An estimator that can copy itself with other parameters: a pipeline. */
interface WithParams {
  withParams(params: Params): Step;
}

function tuned(who: string, step: Step, params: Params): Step {
  const names = Object.keys(params);
  if (names.length === 0) return step;
  if (has(step, "withParams")) {
    return as(who, () => (step as Step & WithParams).withParams(params));
  }
  throw new ValueError(
    `${who}: expected a class or a function for parameters, got ${names.join(", ")} for an existing estimator; ` +
      'pass its class, or a function such as (params) => new SVC({ kernel: "linear", ...params })',
  );
}

/** Makes new steps: `name__parameter` sets a parameter of a step, `name` replaces a step. */
export function withStepParams<
  S extends readonly [name: string, step: StepLike | "drop", ...unknown[]],
>(who: string, steps: readonly S[], params: Params): S[] {
  const names = steps.map(([name]) => name);
  for (const given of Object.keys(params)) {
    const [step = ""] = given.split("__");
    if (names.includes(step)) continue;
    const near = nearest(step, names);
    throw new ValueError(
      `${who}: expected parameters such as ${names[0]}__name, of steps ${names.join(", ")}, got '${given}'; ` +
        (near ? `did you mean '${given.replace(step, near)}'?` : "write the step's name before it"),
    );
  }
  return steps.map((each) => {
    const [name, step, ...rest] = each;
    const prefix = `${name}__`;
    const own = Object.entries(params).filter(([key]) => key.startsWith(prefix));
    const given = Object.hasOwn(params, name) ? (params[name] as StepLike) : (step as StepLike);
    const replaced = (by: StepLike): unknown => [name, by, ...rest];
    if (own.length === 0) return replaced(given) as S;
    const values = Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
    const maker = (more: Params) =>
      make(`${who}: step "${name}"`, given, { ...values, ...more }) as Step;
    return replaced(maker) as S;
  });
}

/** Runs a part of `who`'s work: its errors say so, except the reason of a signal. */
export async function inPart<R>(
  who: string,
  part: string,
  signal: AbortSignal | undefined,
  work: () => R | Promise<R>,
): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted && error === signal.reason) throw error;
    throw renamed(`${who}: ${part}`, error);
  }
}

/** Runs `work` with errors in the name of `who`. */
function as<R>(who: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    throw renamed(who, error);
  }
}

type ErrorClass = new (message: string, options: ErrorOptions) => WgradError;

function renamed(who: string, cause: unknown): WgradError {
  const Class = (cause instanceof WgradError ? cause.constructor : WgradError) as ErrorClass;
  const message = messageOf(cause);
  return new Class(message.startsWith(`${who}: `) ? message : `${who}: ${message}`, { cause });
}

/** Fits a step; passes y and options if it takes them. */
export async function fitStep(
  step: Step,
  X: Table,
  y: LabelInput | undefined,
  options: object,
): Promise<object> {
  const further = Object.keys(options).length > 0 ? [options] : [];
  const args = step.fit.length === 1 ? [X, ...further] : [X, y, ...further];
  const fitted: unknown = await Reflect.apply(step.fit, step, args);
  if (typeof fitted === "object" && fitted !== null) return fitted;
  throw new ValueError(
    `fit: expected each step's fit() to return the fitted model, got ${describe(fitted)}; return the model, or this`,
  );
}

/** Calls a method that the fitted object may not have. */
export async function ask(fitted: object, method: string, ...args: unknown[]): Promise<unknown> {
  const found: unknown = Reflect.get(fitted, method);
  if (typeof found === "function") return Reflect.apply(found, fitted, args);
  throw new ValueError(
    `${method}: expected a fitted model with ${method}(), got ${describe(fitted)}; use another estimator`,
  );
}
