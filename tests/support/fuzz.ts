import { expect } from "vitest";
import { WgradError } from "../../src/core/errors.ts";

/*
 * Number and seed of the damaged files that a test tries. `npm run fuzz -- files --count 2000 --seed 7` sets them; npm
 * test uses those that the test names.
 */
const env = import.meta.env as Readonly<Record<string, string | undefined>>;

/** Number of files: from `npm run fuzz`, or else this. */
export const tries = (usual: number): number => Number(env.VITE_FUZZ ?? usual);

/** Seed: from `npm run fuzz`, or else this. */
export const seedOr = (usual: number): number => Number(env.VITE_FUZZ_SEED ?? usual);

/** Counts outcomes of damaged files; `tell` prints them if more than the test's usual number was asked for. */
export class Tally {
  readonly #what: string;
  readonly #start = performance.now();
  refused = 0;
  read = 0;
  #slowest = 0;

  constructor(what: string) {
    this.#what = what;
  }

  /** Counts one outcome, and the time since `since`. */
  count(outcome: "refused" | "read", since: number): void {
    this[outcome]++;
    this.#slowest = Math.max(this.#slowest, performance.now() - since);
  }

  tell(): void {
    if (env.VITE_FUZZ === undefined) return;
    const seconds = ((performance.now() - this.#start) / 1000).toFixed(1);
    const { refused, read } = this;
    console.info(
      `${this.#what}: ${refused + read} files, ${refused} refused by name, ${read} read; slowest ${this.#slowest.toFixed(0)} ms, ${seconds} s`,
    );
  }
}

/** Checks that an error is the library's, in the name of `who`, and says what was expected, what was there and what to do. */
export function expectRefusal(error: unknown, who: string): void {
  if (!(error instanceof WgradError)) throw error;
  // a list of problems has the advice in its last line
  expect(error.message).toMatch(new RegExp(`^${who}: expected .+, got .+(; |\\n).{8}`, "s"));
}

type Below = (n: number) => number;

/** Values that a damaged or hostile file may hold anywhere. */
const values: readonly unknown[] = [
  ...[null, true, false, "", "x", "NaN", [], {}, [[]], { length: 1e9 }, { $number: "NaN" }],
  ...[0, -0, 1, -1, 0.5, 1e9, 1e300, -1e300, 5e-324, 2 ** 31, 2 ** 32, 2 ** 53, 9e15],
  ...["__proto__", "constructor", "toString", "passthrough", { estimator: "KMeans" }],
];

/** Paths to every value in JSON data. */
function placesOf(value: unknown, found: [object, string][] = []): [object, string][] {
  if (typeof value !== "object" || value === null) return found;
  for (const name of Object.keys(value)) {
    found.push([value, name]);
    placesOf(Reflect.get(value, name), found);
  }
  return found;
}

/** A copy of JSON data with one to three changes: a value overwritten, removed, repeated, exchanged or renamed. */
export function mutated<T>(value: T, below: Below): T {
  const copy = structuredClone(value);
  for (let times = 1 + below(3); times > 0; times--) {
    const places = placesOf(copy);
    const [holder, name] = places[below(places.length)] ?? [];
    if (!holder || name === undefined) return copy;
    change(holder, name, places, below);
  }
  return copy;
}

const plain = { configurable: true, enumerable: true, writable: true };

function change(holder: object, name: string, places: [object, string][], below: Below): void {
  const own = Reflect.get(holder, name) as unknown;
  const set = (value: unknown) => Reflect.set(holder, name, value);
  const kind = below(6);
  if (kind === 0 && Array.isArray(holder)) holder.splice(Number(name), 1);
  else if (kind === 0) Reflect.deleteProperty(holder, name);
  else if (kind === 1 && Array.isArray(own)) set([...own, ...own.slice(0, 1 + below(3))]);
  else if (kind === 1 && typeof own === "string") set(own.slice(0, below(own.length + 1)));
  else if (kind === 2 && typeof own === "number") set(own * (below(2) ? -1 : 2) + below(3) - 1);
  else if (kind === 3) {
    const [other, there] = places[below(places.length)] ?? [holder, name];
    set(structuredClone(Reflect.get(other, there)));
  } else if (kind === 4) Object.defineProperty(holder, `${name}_`, { ...plain, value: own });
  else set(structuredClone(values[below(values.length)]));
}
