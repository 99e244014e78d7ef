import * as words from "../words/en/shared/page.ts";

/** Throws unless a setting lies within its bounds. */
export function within(name: string, value: number, from: number, to: number): void {
  if (value >= from && value <= to) return;
  throw new Error(words.expectedNumberFromTo(name, value, from, to));
}

/** Throws unless a setting is a whole number within its bounds. */
export function whole(name: string, value: number, from: number, to: number): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  throw new Error(words.expectedWholeNumberFromTo(name, value, from, to));
}

/** Returns the value if it is one of these names; throws otherwise. */
export function oneOf<T extends string>(name: string, value: string, names: readonly T[]): T {
  const found = names.find((each) => each === value);
  if (found !== undefined) return found;
  throw new Error(words.expectedOneOf(name, value, names.join(", ")));
}

/** Returns the value if it is a key of this object; throws otherwise. */
export function keyOf<T extends string>(
  name: string,
  value: string,
  there: Readonly<Record<T, unknown>>,
): T {
  return oneOf(name, value, Object.keys(there) as T[]);
}
