// Keeps track of whether the declarations in .gen/shaders match the shaders, because writing them takes seconds.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "./install.mjs";

const stamp = resolve(root, ".gen/shaders/stamp");

/** Hash of all shaders and of the code that writes their declarations. */
function hash() {
  const sum = createHash("sha256");
  for (const folder of ["shaders", "src/shader"]) {
    for (const file of readdirSync(resolve(root, folder), { recursive: true, encoding: "utf8" })) {
      if (/\.(wgsl|ts)$/.test(file))
        sum.update(file).update(readFileSync(resolve(root, folder, file)));
    }
  }
  return sum.digest("hex");
}

/** Records that the declarations have just been written. */
export const markTyped = () => writeFileSync(stamp, hash());

/**
 * The plugin, which does not write the declarations if they are up to date.
 * @template {import("vite").Plugin} P
 * @param {P} plugin
 * @returns {P}
 */
export function typedOnce(plugin) {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash()) delete plugin.buildStart;
  return plugin;
}
