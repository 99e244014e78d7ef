import { describe, expect, test } from "vitest";
import { describeAdapter } from "../../../src/gpu/adapter.ts";
import { allKernels } from "../../../src/testing/modules.ts";
import { runCase } from "../../../src/testing/run_case.ts";
import { sharedDevice } from "../../support/shared_device.ts";

const device = await sharedDevice();

// noted on every case, so that the report of a run says where it ran
const { name: adapter, software } = describeAdapter(device.adapterInfo);
const browser = /Chrome\/\d+/.exec(navigator.userAgent)?.[0].replace("/", " ") ?? "a browser";
const where = { browser, adapter: software ? `${adapter} (software)` : adapter };
const hasHalf = device.features.has("shader-f16"); // elsewhere: npm run cases

for (const { name, module } of allKernels()) {
  describe(name, () => {
    for (const c of [...module.cases, ...(hasHalf ? (module.halfCases ?? []) : [])]) {
      // while the device runs some, the references of others are computed
      test.concurrent(c.name, async ({ task }) => {
        Object.assign(task.meta, where);
        const defects = await runCase(device, module, c);
        expect(defects.join("\n"), `rerun alone: npm test -- '${name} ${c.name}'`).toBe("");
      });
    }
  });
}
