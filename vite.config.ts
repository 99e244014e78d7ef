import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { Plugin } from "vite";
import { defineConfig, type TestProjectConfiguration } from "vitest/config";
import { builtDocs } from "./scripts/docs.mjs";
import { entries } from "./scripts/entries.mjs";
import { writeExamples } from "./scripts/examples.mjs";
import { commonHead } from "./scripts/head.mjs";
import { inlineWords } from "./scripts/inline_words.mjs";
import { contentSecurityPolicy, strictTweakpane } from "./scripts/policy.mjs";
import { typedOnce } from "./scripts/typed.mjs";
import { pageWords } from "./scripts/words.mjs";
import { wgsl } from "./src/shader/plugin.ts";
import { longestFirst } from "./tests/support/longest_first.ts";
import { puppeteerProvider } from "./tests/support/puppeteer_provider.ts";

const root = import.meta.dirname;

/** Made for tests only: loading Vitest and puppeteer takes longer than everything else here. */
const sequencer = process.env.VITEST ? await longestFirst() : undefined;
const provider = process.env.VITEST ? await puppeteerProvider() : undefined;
const shaders = { root: resolve(root, "shaders"), types: resolve(root, ".gen/shaders") };
const plugins = [typedOnce(wgsl(shaders))];
const demos = resolve(root, "demos");

if (process.env.VITEST) writeExamples(); // programs that a test runs

/** Demos import the public names; here they mean the sources. */
const alias = [
  ...entries().map(({ name, source }) => ({
    find: new RegExp(`^${name}$`),
    replacement: resolve(root, source),
  })),
  { find: "#kernels-page", replacement: resolve(demos, "kernels/own.ts") },
];

/** What the benchmark sets beside this library; not all of it is made of modules a browser reads. */
const others = [
  "@jax-js/jax",
  "@tensorflow/tfjs-backend-webgpu",
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-core/dist/register_all_gradients.js",
  "libsvm-js/asm",
  "ml-kmeans",
];

/** What a link to a page shows elsewhere: its title and description, which every page has. */
const socialPreview: Plugin = {
  name: "social-preview",
  apply: "build",
  transformIndexHtml(html) {
    const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? "";
    const text = /name="description"\s+content="([^"]*)"/.exec(html)?.[1] ?? "";
    const tags = {
      "og:title": title,
      "og:description": text,
      "og:type": "website",
      "og:site_name": "wgrad",
    };
    return Object.entries(tags).map(([property, content]) => {
      if (!content)
        throw new Error(`${property}: expected a title and a description in each page, got none`);
      return { tag: "meta", injectTo: "head" as const, attrs: { property, content } };
    });
  },
};

const project = (config: TestProjectConfiguration & object) => ({
  plugins,
  resolve: { alias },
  ...config,
});

/** Of tests in Node that open pages with a browser of their own. */
const visits = {
  isolate: false, // puppeteer and vite are loaded once by each of the two
  testTimeout: 600_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000 } }, // vitest's second is not enough beside another browser
  maxWorkers: 2, // browsers
} as const;

export default defineConfig({
  // the pages are the site; tests look at the whole repository
  root: process.env.VITEST ? root : demos,
  base: "./",
  appType: "mpa",
  plugins: [
    ...[...plugins, commonHead(), pageWords(), inlineWords(), socialPreview],
    ...[contentSecurityPolicy(), strictTweakpane(), builtDocs()],
  ],
  resolve: { alias },
  server: { fs: { allow: [root] } },
  optimizeDeps: { include: others },
  build: {
    outDir: resolve(root, "dist/site"),
    emptyOutDir: true,
    target: "es2022",
    rolldownOptions: { checks: { pluginTimings: false } },
    chunkSizeWarningLimit: 1000,
  },
  test: {
    ...(sequencer && { sequence: { sequencer } }),
    projects: [
      project({
        test: {
          name: "unit",
          isolate: false, // as in the gpu lane
          execArgv: ["--max-semi-space-size=64"], // in MiB: a collection copies what is in use, so fewer are cheaper
          include: ["tests/unit/**/*.test.ts"],
          setupFiles: ["tests/support/equal_arrays.ts"],
          testTimeout: 30_000,
          maxWorkers: availableParallelism(),
        },
      }),
      project({
        test: {
          name: "gpu",
          isolate: false, // a page runs many files: the modules of the library are loaded once
          include: ["tests/gpu/**/*.test.ts"],
          setupFiles: ["tests/support/equal_arrays.ts"],
          testTimeout: 60_000,
          maxWorkers: 2, // browsers, each with a process for its page and one for the GPU
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            ...(provider && { provider }),
            instances: [{ browser: "chrome" }],
          },
        },
      }),
      // not a lane of npm test: adapters with shader-f16 are not everywhere
      project({
        test: {
          name: "half",
          include: ["tests/gpu/ops/mixed_precision.test.ts"],
          setupFiles: ["tests/support/dawn.ts"],
          testTimeout: 60_000,
        },
      }),
      project({
        test: {
          ...visits,
          name: "demos",
          include: ["tests/demos/**/*.test.ts"],
          globalSetup: "tests/demos/build_site.ts",
        },
      }),
      project({
        test: {
          ...visits,
          name: "package",
          include: ["tests/package/**/*.test.ts"],
          globalSetup: "tests/package/prepare.ts",
        },
      }),
    ],
  },
});
