// npm run cases -- [filter] [--half]: runs kernels' cases without a browser, through Dawn for Node, on whatever adapter
// its Vulkan, Metal or Direct3D finds; with --half only those with f16 in memory, which need the feature shader-f16.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { create, globals } from "webgpu";
import { fail, install, root } from "./install.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { half: { type: "boolean", default: false } },
});
const filter = positionals.join(" ");

install();
Object.assign(globalThis, globals);
Object.defineProperty(globalThis, "navigator", { value: { gpu: create([]) }, configurable: true });

const { createServer } = await import("vite");
const server = await createServer({
  configFile: resolve(root, "vite.config.ts"),
  root,
  logLevel: "error",
  appType: "custom",
  optimizeDeps: { noDiscovery: true },
  oxc: { target: "es2022" }, // Node 20 has no `using`
  server: { middlewareMode: true, hmr: false, watch: null },
});
/** @type {typeof import("../src/gpu/adapter.ts")} */
const adapters = /** @type {never} */ (await server.ssrLoadModule("/src/gpu/adapter.ts"));
/** @type {typeof import("../src/testing/kernels.ts")} */
const modules = /** @type {never} */ (await server.ssrLoadModule("/src/testing/kernels.ts"));
/** @type {typeof import("../src/testing/run_case.ts")} */
const runner = /** @type {never} */ (await server.ssrLoadModule("/src/testing/run_case.ts"));

const device = await adapters.requestDevice(await adapters.requestAdapter());
const { name: adapter, software } = adapters.describeAdapter(device.adapterInfo);
const hasHalf = device.features.has("shader-f16");
if (values.half && !hasHalf) fail(`expected an adapter with shader-f16, got ${adapter}`);

let [passed, failed] = [0, 0];
for (const { name, module } of modules.allKernels()) {
  const { cases, halfCases = [] } = module;
  for (const each of [...(values.half ? [] : cases), ...(hasHalf ? halfCases : [])]) {
    const full = `${name} ${each.name}`;
    if (!full.includes(filter)) continue;
    const defects = await runner.runCase(device, module, each).catch((error) => [String(error)]);
    if (defects.length) console.log(`${full}\n  ${defects.join("\n  ")}`);
    if (defects.length) failed++;
    else passed++;
  }
}
console.log(
  `${passed} cases passed, ${failed} failed on ${adapter}${software ? " (software)" : ""}`,
);
await server.close();
process.exit(failed || !passed ? 1 : 0); // Dawn keeps Node alive
