import type { Page } from "puppeteer";
// JavaScript of Chrome 113: own properties in a fresh context of Node 20, which has the same V8 (11.3).
import known from "./chrome113_builtins.json" with { type: "json" };

/** Global names of JavaScript that are more recent. */
const globals =
  "Iterator Float16Array DisposableStack AsyncDisposableStack SuppressedError Temporal AsyncContext";

/** More recent web APIs that a WebGPU library could want to use. */
const web = {
  AbortSignal: "any",
  URL: "canParse parse",
  "Blob.prototype": "bytes",
  "Response.prototype": "bytes",
  "Request.prototype": "bytes duplex",
  "GPU.prototype": "wgslLanguageFeatures",
  "GPUDevice.prototype": "adapterInfo",
  "EventTarget.prototype": "when",
  "Scheduler.prototype": "yield",
};

/** Removes from a page, before anything runs in it, what Chrome 113 does not have. */
export async function makeOld(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(removeYoung, known, globals, web);
}

/** Runs in the page. */
function removeYoung(
  known: Readonly<Record<string, string>>,
  globals: string,
  web: Readonly<Record<string, string>>,
): void {
  const at = (path: string): object | undefined =>
    path.split(".").reduce((value: unknown, name) => Object(value)[name], {
      ...Object.fromEntries(
        Object.getOwnPropertyNames(window).map((n) => [n, Reflect.get(window, n)]),
      ),
      TypedArray: Object.getPrototypeOf(Int8Array),
      AsyncIterator: {
        prototype: Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype)),
      },
    }) as object | undefined;
  const remove = (owner: object, path: string, key: string | symbol) => {
    if (!Reflect.deleteProperty(owner, key) && path !== "Symbol")
      throw new Error(`${path}.${String(key)} cannot be deleted`);
  };
  const always = ["length", "name", "prototype", "arguments", "caller", "constructor"];
  for (const [path, names] of Object.entries(known)) {
    const owner = at(path);
    const old = new Set([...names.split(" "), ...always]);
    for (const key of owner ? Reflect.ownKeys(owner) : []) {
      if (!old.has(String(key))) remove(owner as object, path, key);
    }
  }
  for (const [path, names] of Object.entries(web)) {
    const owner = at(path);
    for (const name of names.split(" ")) if (owner) remove(owner, path, name);
  }
  for (const name of globals.split(" ")) remove(window, "window", name);
  // well-known symbols cannot be deleted: Symbol is replaced by one without the recent ones
  const Native = Symbol;
  const names = [...(known.Symbol ?? "").split(" ").filter(Boolean), "prototype"];
  const Old = Object.assign((description?: string) => Native(description), {});
  for (const name of names) Object.defineProperty(Old, name, { value: Reflect.get(Native, name) });
  Object.defineProperty(window, "Symbol", { value: Old, writable: true, configurable: true });
}
