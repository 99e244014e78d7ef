import { ValueError } from "../../core/errors.ts";
import { describe } from "../../core/signature.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Throws `ValueError` for a file with invalid content. */
export function damaged(reason: string): never {
  throw new ValueError(
    `loadLayersModel: expected a sound layers model of TensorFlow.js, got one where ${reason}; is the file whole?`,
  );
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function objectOf(value: unknown, what: string): JsonObject {
  return isObject(value) ? value : damaged(`${what} is ${describe(value)}, not an object`);
}

export function listOf(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) ? value : damaged(`${what} is ${describe(value)}, not a list`);
}

export function textOf(value: unknown, what: string): string {
  return typeof value === "string" ? value : damaged(`${what} is ${describe(value)}, not a text`);
}

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 31;

export function countOf(value: unknown, what: string): number {
  return isCount(value) ? value : damaged(`${what} is ${describe(value)}, not an integer ≥ 0`);
}

export function countsOf(value: unknown, what: string): readonly number[] {
  return listOf(value, what).map((each) => countOf(each, what));
}

/** The settings of a layer, checked as they are read. null counts as missing. */
export class Config {
  readonly #values: JsonObject;
  readonly #where: string;

  constructor(values: JsonObject, where: string) {
    this.#values = values;
    this.#where = where;
  }

  /** The value in the file; undefined if it is missing. */
  raw(name: string): unknown {
    return Object.hasOwn(this.#values, name) ? (this.#values[name] ?? undefined) : undefined;
  }

  what(name: string): string {
    return `${name} of ${this.#where}`;
  }

  number(name: string, otherwise: number): number {
    const value = this.raw(name) ?? otherwise;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    return damaged(`${this.what(name)} is ${describe(value)}, not a number`);
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.raw(name) ?? otherwise;
    if (typeof value === "boolean") return value;
    return damaged(`${this.what(name)} is ${describe(value)}, neither true nor false`);
  }

  text(name: string, otherwise: string): string {
    return textOf(this.raw(name) ?? otherwise, this.what(name));
  }

  /** [rows, columns]; one number stands for both. Throws for values below `least`. */
  pair(name: string, otherwise: unknown, least = 1): readonly [number, number] {
    const value = this.raw(name) ?? otherwise;
    const both = typeof value === "number" ? [value, value] : countsOf(value, this.what(name));
    const [rows, columns] = both;
    if (both.length !== 2 || !isCount(rows) || !isCount(columns) || Math.min(...both) < least) {
      return damaged(`${this.what(name)} is ${describe(value)}, not two integers ≥ ${least}`);
    }
    return [rows, columns];
  }

  /** [[top, bottom], [left, right]]; one number stands for all four, a pair for rows and columns. */
  sides(name: string, otherwise: unknown): readonly (readonly [number, number])[] {
    const value = this.raw(name) ?? otherwise;
    const axes = typeof value === "number" ? [value, value] : listOf(value, this.what(name));
    if (axes.length !== 2) return damaged(`${this.what(name)} is not for two axes`);
    return axes.map((axis) => {
      const ends = typeof axis === "number" ? [axis, axis] : countsOf(axis, this.what(name));
      const [before, after] = ends.map((end) => countOf(end, this.what(name)));
      if (ends.length !== 2 || before === undefined || after === undefined) {
        return damaged(`${this.what(name)} has not two ends for an axis`);
      }
      return [before, after];
    });
  }

  /** Integers, possibly negative; a single one is a list of one. */
  integers(name: string, otherwise: unknown): readonly number[] {
    const value = this.raw(name) ?? otherwise;
    const all = typeof value === "number" ? [value] : listOf(value, this.what(name));
    if (all.every((each): each is number => Number.isInteger(each))) return all;
    return damaged(`${this.what(name)} is ${describe(value)}, not integers`);
  }
}
