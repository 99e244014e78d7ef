import { resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { install, root } from "../../scripts/install.mjs";
import { builtSite } from "../../scripts/packed.mjs";
import { startBrowsers } from "../support/browsers.ts";

/** Installs axe, builds the site, if it has changed, and starts browsers for the tests of the pages: they open what visitors open. */
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  install(resolve(root, "tools"));
  builtSite();
  return startBrowsers(project);
}
