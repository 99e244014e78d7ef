import { dispose } from "./dispose.ts";

type Disposable = { [dispose](): void };

/**
 * What the built library's `using` declarations are compiled to: `u` takes each value, `e` the error that ends the block,
 * `d` disposes of the values from the last to the first. It does what compilers' own helpers do, but for `await using`,
 * of which the library has none. The build puts it in their place (scripts/build.mjs).
 */
export default function usingCtx() {
  const held: Disposable[] = [];
  return {
    e: held as unknown,
    u<T extends Disposable | null | undefined>(value: T): T {
      if (value !== undefined && value !== null) held.push(value);
      return value;
    },
    d() {
      let error = this.e;
      for (const each of held.reverse()) {
        try {
          each[dispose]();
        } catch (suppressing) {
          error = error === held ? suppressing : both(suppressing, error);
        }
      }
      if (error !== held) throw error;
    },
  };
}

const both = (error: unknown, suppressed: unknown) =>
  Object.assign(new Error(), { name: "SuppressedError", error, suppressed });
