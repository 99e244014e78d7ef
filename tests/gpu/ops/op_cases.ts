import { describe, expect, test } from "vitest";
import { allOps } from "../../../src/testing/modules.ts";
import { runOpCase } from "../../../src/testing/run_op_case.ts";
import { composed, expectNothingLeft } from "../../support/leaks.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

for (const { name, cases } of allOps()) {
  describe(`op ${name}`, () => {
    for (const c of cases) {
      test(c.name, async () => {
        const defects = await runOpCase(c);
        expect(defects.join("\n"), `rerun alone: npm test -- 'op ${name} ${c.name}'`).toBe("");
      });
    }
  });

  // in the same file as the values, because both use the same pipelines
  const single = cases.filter((each) => !composed.includes(`${name}: ${each.name}`));
  if (single.length === 0) continue;
  describe(`op ${name} leaves nothing behind outside of scope():`, () => {
    for (const c of single) test(c.name, () => expectNothingLeft(c));
  });
}
