import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { wgsl } from "./src/shader/plugin.ts";
import { puppeteerProvider } from "./tests/support/puppeteer_provider.ts";

const root = import.meta.dirname;
const plugins = [wgsl({ root: resolve(root, "shaders"), types: resolve(root, ".gen/shaders") })];

export default defineConfig({
  plugins,
  base: "./",
  test: {
    projects: [
      { plugins, test: { name: "unit", include: ["tests/unit/**/*.test.ts"] } },
      {
        plugins,
        test: {
          name: "gpu",
          include: ["tests/gpu/**/*.test.ts"],
          testTimeout: 60_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: puppeteerProvider(),
            instances: [{ browser: "chrome" }],
          },
        },
      },
    ],
  },
});
