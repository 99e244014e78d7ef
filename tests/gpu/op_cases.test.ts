import { describe, expect, test } from "vitest";
import type { OpCases } from "../../src/ops/op_case.ts";
import { init } from "../../src/scheduler/engine.ts";
import { runOpCase } from "../../src/testing/run_op_case.ts";

const files = import.meta.glob<{ cases: OpCases }>("../../src/{ops,loss}/*_cases.ts", {
  eager: true,
});

await init();

for (const { cases } of Object.values(files)) {
  for (const [op, list] of Object.entries(cases)) {
    describe(`op ${op}`, () => {
      for (const c of list) {
        test(c.name, async () => {
          const defects = await runOpCase(c);
          expect(defects.join("\n"), `rerun alone: npm test -- 'op ${op} ${c.name}'`).toBe("");
        });
      }
    });
  }
}
