import { dispose } from "./dispose.ts";

type Disposable = { [dispose](): void };

/**
 * What the built library's `using` declarations are compiled to: `u` registers a value, `e` holds the error that ended the
 * block, `d` disposes of the values in reverse order. The same as the helpers of compilers, but without `await using`,
 * which the library does not use. scripts/build.mjs substitutes it for them.
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
