import { describe, expect, test } from "vitest";
import { requestAdapter, requestDevice } from "../../src/gpu/adapter.ts";
import { kernelModule, runCase } from "../../src/testing/run_case.ts";

const modules = import.meta.glob<Record<string, unknown>>("../../src/kernels/*/*.ts", {
  eager: true,
});
const device = await requestDevice(await requestAdapter());

for (const [path, exports] of Object.entries(modules)) {
  const found = kernelModule(exports);
  if (!found) continue;
  const name = path.replace("../../src/kernels/", "").replace(".ts", "");
  describe(name, () => {
    for (const c of found.cases) {
      test(c.name, async () => {
        const defects = await runCase(device, found, c);
        expect(defects.join("\n"), `rerun alone: npm test -- '${name} ${c.name}'`).toBe("");
      });
    }
  });
}
