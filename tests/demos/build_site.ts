import type { TestProject } from "vitest/node";
import { builtSite } from "../../scripts/packed.mjs";
import { startBrowsers } from "../support/browsers.ts";

/** Builds the site, if it has changed, and starts browsers for the tests of the pages: they open what visitors open. */
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  builtSite();
  return startBrowsers(project);
}
