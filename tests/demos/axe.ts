import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "puppeteer";
import { expect } from "vitest";
import { root } from "./browser.ts";

interface Axe {
  run(options: { readonly resultTypes: readonly string[] }): Promise<Checked>;
}

interface Checked {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
  readonly passes: readonly unknown[];
}

/** Runs axe over the page as it stands: nothing is broken, and more than a few rules apply. */
export async function checkAccess(page: Page): Promise<void> {
  await page.evaluate(
    readFileSync(resolve(root, "tools/node_modules/axe-core/axe.min.js"), "utf8"),
  );
  const { broken, kept } = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    // of what passes, the rules without the thousands of elements, whose selectors take most of the time
    const { violations, passes } = await axe.run({ resultTypes: ["violations"] });
    const told = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
    );
    return { broken: told, kept: passes.length };
  });
  expect(broken).toEqual([]);
  expect(kept).toBeGreaterThan(20);
}
