/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The name of the method that `using` calls: `Symbol.dispose` where there is one (Chrome 134), else the symbol that
 * compilers of `using` look for instead. A class that wrote `[Symbol.dispose]` would be given a method called
 * "undefined" there. A polyfill of `Symbol.dispose` must run before this library is loaded.
 */
export const dispose: typeof Symbol.dispose = /* @__PURE__ */ (() =>
  Symbol.dispose ?? Symbol.for("Symbol.dispose"))() as typeof Symbol.dispose;
