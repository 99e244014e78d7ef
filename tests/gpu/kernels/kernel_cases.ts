import { describe, expect, test } from "vitest";
import { describeAdapter } from "../../../src/gpu/adapter.ts";
import { allKernels } from "../../../src/testing/modules.ts";
import { runCase } from "../../../src/testing/run_case.ts";
import { sharedDevice } from "../../support/shared_device.ts";

const device = await sharedDevice();

// stored with every case, so that the report says on which adapter it ran
const { name: adapter, software } = describeAdapter(device.adapterInfo);
const browser = /Chrome\/\d+/.exec(navigator.userAgent)?.[0].replace("/", " ") ?? "a browser";
const where = { browser, adapter: software ? `${adapter} (software)` : adapter };
// where the adapter lacks f16, `npm run cases` runs these cases on a driver that has it
const hasHalf = device.features.has("shader-f16");

for (const { name, module } of allKernels()) {
  describe(name, () => {
    for (const c of [...module.cases, ...(hasHalf ? (module.halfCases ?? []) : [])]) {
      // concurrent: while the device runs some cases, the references of others are computed
      test.concurrent(c.name, async ({ task }) => {
        Object.assign(task.meta, where);
        const defects = await runCase(device, module, c);
        expect(defects.join("\n"), `rerun alone: npm test -- '${name} ${c.name}'`).toBe("");
      });
    }
  });
}
