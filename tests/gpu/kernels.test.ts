import { describe, expect, test } from "vitest";
import { describeAdapter, requestAdapter, requestDevice } from "../../src/gpu/adapter.ts";
import { kernelModule, runCase } from "../../src/testing/run_case.ts";

const modules = import.meta.glob<Record<string, unknown>>("../../src/kernels/*/*.ts", {
  eager: true,
});
const device = await requestDevice(await requestAdapter());

// noted on every case, so that the report of a run says where it ran
const { name: adapter, software } = describeAdapter(device.adapterInfo);
const browser = /Chrome\/\d+/.exec(navigator.userAgent)?.[0].replace("/", " ") ?? "a browser";
const where = { browser, adapter: software ? `${adapter} (software)` : adapter };

for (const [path, exports] of Object.entries(modules)) {
  const found = kernelModule(exports);
  if (!found) continue;
  const name = path.replace("../../src/kernels/", "").replace(".ts", "");
  describe(name, () => {
    for (const c of found.cases) {
      test(c.name, async ({ task }) => {
        Object.assign(task.meta, where);
        const defects = await runCase(device, found, c);
        expect(defects.join("\n"), `rerun alone: npm test -- '${name} ${c.name}'`).toBe("");
      });
    }
  });
}
