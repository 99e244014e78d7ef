// The public entry points, read from "exports" of package.json: the one place that lists them.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

/**
 * `{ name: "wgrad/nn", source: "src/nn/index.ts" }` for every entry point whose source exists.
 * @returns {{ name: string; source: string }[]}
 */
export function entries() {
  /** @type {{ name: string; exports: Record<string, string | { default: string }> }} */
  const { name, exports } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));
  return Object.entries(exports).flatMap(([path, target]) => {
    if (typeof target === "string") return [];
    const source = target.default.replace(/^\.\/dist\//, "src/").replace(/\.js$/, ".ts");
    return existsSync(resolve(root, source)) ? [{ name: name + path.slice(1), source }] : [];
  });
}
