import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "puppeteer";
import { expect } from "vitest";

const root = resolve(import.meta.dirname, "../..");

interface Axe {
  run(context: string, options: object): Promise<Checked>;
}

interface Checked {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
  readonly passes: readonly unknown[];
}

/** A selector for a part of a page, and the only rules to run there. */
interface Part {
  readonly within?: string;
  readonly rules?: readonly string[];
}

/** Runs axe on the page in its present state, or a part of it: no violations, and more than a few rules apply. */
export async function checkAccess(
  page: Page,
  { within = "html", rules }: Part = {},
): Promise<void> {
  await page.evaluate(
    readFileSync(resolve(root, "tools/node_modules/axe-core/axe.min.js"), "utf8"),
  );
  // only violations are reported with their elements: selectors for the thousands that pass take most of the time
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: rules }) };
  const run = async (within: string, options: object) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations, passes } = await axe.run(within, options);
    const told = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
    );
    return { broken: told, kept: passes.length };
  };
  const { broken, kept } = await page.evaluate(run, within, options);
  expect(broken).toEqual([]);
  expect(kept).toBeGreaterThan(rules ? rules.length - 1 : within === "html" ? 20 : 5);
}
