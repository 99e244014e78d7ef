import { ValueError } from "../../core/errors.ts";
import type { Saved } from "../saved.ts";
import { listOf, type SavedField, where } from "../saved_fields.ts";
import { has, type StepLike } from "./step.ts";

/** Throws unless all names differ, and none contains the separator of names and parameters. */
export function checkNames(who: string, names: readonly string[]): void {
  const bad = names.find((name, i) => !name || name.includes("__") || names.indexOf(name) !== i);
  if (bad === undefined && names.length > 0) return;
  throw new ValueError(
    `${who}: expected names that differ, without "__", got ${names.map((name) => `"${name}"`).join(", ") || "none"}; name each step once`,
  );
}

/** Names of steps: their classes in lower case, "svc", with numbers "svc-1", "svc-2" if there are several. */
export function namesOf(steps: readonly (StepLike | "drop")[]): string[] {
  const plain = steps.map((step) => classOf(step).toLowerCase());
  return plain.map((name, i) => {
    if (plain.indexOf(name) === plain.lastIndexOf(name)) return name;
    return `${name}-${plain.slice(0, i + 1).filter((other) => other === name).length}`;
  });
}

/** The name of a class; this library's own keep theirs when minified. */
function classOf(step: StepLike | "drop"): string {
  if (typeof step === "string") return step;
  const made: unknown = typeof step === "function" ? step : step.constructor;
  const { signature, name } = Object(made);
  return signature?.name ?? (name || "step");
}

/** A fitted step by its name; "passthrough" for none. */
export type FittedStep = readonly [name: string, fitted: object | "passthrough"];

/** Column names of a fitted step. Throws `ValueError` for a step that cannot name its columns. */
export function columnsNamed(
  who: string,
  [name, fitted]: FittedStep,
  names: readonly string[] | undefined,
): readonly string[] | undefined {
  if (fitted === "passthrough") return names;
  if (has(fitted, "getFeatureNamesOut")) {
    return (
      fitted as { getFeatureNamesOut(names?: readonly string[]): string[] }
    ).getFeatureNamesOut(names);
  }
  throw new ValueError(
    `${who}: expected steps with getFeatureNamesOut(), got step "${name}" without; take the names of the steps before it`,
  );
}

/** Steps as JSON. */
export type SavedStep = readonly [name: string, saved: Saved | "passthrough"];

/** Steps in a saved model; their classes check the content. */
export const stepsField: SavedField = /* @__PURE__ */ listOf(
  /* @__PURE__ */ where(
    /* @__PURE__ */ listOf({ check: () => undefined }, 2),
    "a name and a saved step",
    ([name, saved]: readonly [unknown, unknown]) =>
      typeof name === "string" &&
      (saved === "passthrough" || (typeof saved === "object" && saved !== null)),
  ),
  "steps",
);

/** Restores a fitted step from JSON: the class that fitted it. */
export interface Reader {
  /** Restores the result of `toJSON`. */
  fromJSON(saved: never): object;
}

/**
 * The classes of saved steps, each with `fromJSON` (`Reader`): by the name of the step or by their own name, as in
 * { StandardScaler, SVC } or all of `import * as ml from "wgrad/ml"`. Steps of steps are looked up here, too.
 */
export type Readers = Readonly<Record<string, unknown>>;

/** Throws `ValueError` for a step without toJSON(). */
export function saveSteps(who: string, steps: readonly FittedStep[]): SavedStep[] {
  return steps.map(([name, fitted]) => {
    if (fitted === "passthrough") return [name, fitted];
    if (has(fitted, "toJSON")) return [name, (fitted as { toJSON(): Saved }).toJSON()];
    throw new ValueError(
      `${who}: expected steps with toJSON(), got step "${name}" without; save its numbers yourself`,
    );
  });
}

/** Throws `ValueError` if a step has no class to read it. */
export function loadSteps(
  who: string,
  steps: readonly SavedStep[],
  readers: Readers | undefined,
): FittedStep[] {
  return steps.map(([name, saved]) => {
    if (saved === "passthrough") return [name, saved];
    const reader = [name, saved.estimator]
      .map((each) => (Object.hasOwn(Object(readers), each) ? readers?.[each] : undefined))
      .find((each) => has(each, "fromJSON"));
    if (reader) {
      const { fromJSON } = reader as { fromJSON(saved: Saved, readers?: Readers): object };
      return [name, Reflect.apply(fromJSON, reader, [saved, readers])];
    }
    throw new ValueError(
      `${who}: expected the class of each step, got none for "${name}"; pass { ${classesOf(steps)} }`,
    );
  });
}

/** Names of the classes of steps, each once. */
const classesOf = (steps: readonly SavedStep[]): string =>
  [...new Set(steps.flatMap(([, saved]) => (saved === "passthrough" ? [] : saved.estimator)))].join(
    ", ",
  );
