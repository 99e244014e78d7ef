// npm run build: the library with its types in dist/, for a CDN in dist/cdn/, the demo pages in dist/site/ (which works from
// any path), the documentation in dist/site/docs/. --library: without the site.
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, posix, resolve } from "node:path";
import { buildCdn } from "./cdn.mjs";
import { buildDocs } from "./docs.mjs";
import { entries } from "./entries.mjs";
import { fail, install, root } from "./install.mjs";
import { buildKernelsPage, kernelsPage } from "./kernels_page.mjs";
import { edited, editsOf, moved, wrapped } from "./maps.mjs";
import { buildSite } from "./site.mjs";
import { markTyped, typedOnce } from "./typed.mjs";

install();
// whatever the environment says: otherwise the site would contain development code
process.env.NODE_ENV = "production";
const { build, runnerImport } = await import("vite");
const dist = resolve(root, "dist");
rmSync(dist, { recursive: true, force: true });
await buildLibrary();
markTyped(); // builds that run in parallel read the declarations of the shaders and must not write them
dropMapsOfShaders();
const withSite = !process.argv.includes("--library");
copyNotices();
const page = buildKernelsPage(dist);
await Promise.all([buildTypes(), withSite && buildSite(), buildCdn(dist), page]);
if (withSite) buildDocs();
console.log(`wgrad: built ${entries().length} entry points and their types in dist`);

/** One small module per source file, so that bundlers keep only what is imported. */
async function buildLibrary() {
  /** @type {{ module: typeof import("../src/shader/plugin.ts") }} */
  const { module } = await runnerImport(resolve(root, "src/shader/plugin.ts"));
  const shaders = {
    root: resolve(root, "shaders"),
    types: resolve(root, ".gen/shaders"),
    lean: true,
  };
  await build({
    configFile: false,
    root,
    logLevel: "warn",
    plugins: [
      ...[typedOnce(module.wgsl(shaders)), kernelsPage()],
      ...[smallUsing(), pureConstants(), likeByLike()],
    ],
    build: {
      outDir: dist,
      target: "es2022",
      minify: false,
      sourcemap: true,
      lib: { entry: entries().map(({ source }) => resolve(root, source)), formats: ["es"] },
      rolldownOptions: {
        checks: { pluginTimings: false },
        // dependencies of wgrad/vite, wgrad/node and wgrad/testing/races
        external: /^(node:|webgpu$|wgsl_reflect)/,
        output: {
          preserveModules: true,
          sourcemapExcludeSources: true, // the package contains the sources
          preserveModulesRoot: resolve(root, "src"),
          entryFileNames: ({ facadeModuleId }) =>
            `[name]${/\?(part|choices|text)$/.exec(facadeModuleId ?? "")?.[0].replace("?", ".") ?? ""}.js`,
        },
      },
    },
  });
}

/** The licence notices of the data sets that come with the library. */
function copyNotices() {
  const notice = "data/builtin/LICENSE";
  copyFileSync(resolve(root, "src", notice), resolve(dist, notice));
}

/**
 * Makes src/index.ts import the shaders, kernels and parts of the scheduler that it reaches before anything else. Side
 * by side, in the order found to give the smallest bundle, they compress better: this saves 0.8 KiB of a page that
 * trains a perceptron.
 * @returns {import("vite").Plugin}
 */
function likeByLike() {
  return {
    name: "like-by-like",
    generateBundle(_, bundle) {
      const reached = new Set(["index.js"]);
      for (const file of reached) {
        const chunk = bundle[file];
        if (chunk?.type === "chunk") for (const each of chunk.imports) reached.add(each);
      }
      const sorted = [...reached].sort();
      const shaders = sorted.filter((file) => /^shaders\/[^.]*\.js$/.test(file)).reverse();
      const index = bundle["index.js"];
      if (index?.type !== "chunk" || shaders.length === 0) fail("dist/index.js reaches no shader");
      /** @param {string} folder */
      const inside = (folder) => sorted.filter((file) => file.startsWith(folder));
      const others = [
        ...inside("kernels/"),
        ...inside("scheduler/"),
        ...inside("tensor/").reverse(),
      ];
      const first = [...shaders, ...others].map((file) => `import "./${file}";\n`);
      index.code = first.join("") + index.code;
      if (index.map)
        fail("src/index.ts has code of its own: the map of dist/index.js would be wrong");
    },
  };
}

/** The generated modules of shaders have no source maps: their code is in no source file. */
function dropMapsOfShaders() {
  for (const path of readdirSync(resolve(dist, "shaders"), { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".js.map")) continue;
    const map = resolve(dist, "shaders", path);
    rmSync(map);
    const file = map.slice(0, -".map".length);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/\n\/\/# sourceMappingURL=[^\n]*\n?$/, "\n"));
  }
}

/**
 * Compiles `using` to the library's own helper, a quarter of the size of the compiler's.
 * @returns {import("vite").Plugin}
 */
function smallUsing() {
  const helper = JSON.stringify(resolve(root, "src/core/using_ctx.ts"));
  return {
    name: "small-using",
    transform: (_, id) =>
      /\/helpers\/(esm\/)?usingCtx\.js$/.test(id) ? `export { default } from ${helper};` : null,
  };
}

/**
 * Marks the initialisers of module constants as pure: without the marks, some bundlers keep tables of cases and kernels
 * that nothing imports.
 * @returns {import("vite").Plugin}
 */
function pureConstants() {
  const plain = /^(Literal|TemplateLiteral|Identifier|.*Function.*)$/;
  /**
   * Whether an initialiser needs no mark. A class with static fields does: bundlers would keep it.
   * @param {{ type: string; body?: unknown }} value
   */
  const stays = (value) =>
    value.type === "ClassExpression"
      ? !(
          /** @type {import("estree").Class} */ (value).body.body.some(
            (each) => each.type === "PropertyDefinition" && each.static,
          )
        )
      : plain.test(value.type);
  return {
    name: "pure-constants",
    renderChunk(code, { facadeModuleId }) {
      // modules of src/node use top-level await
      if (/\.wgsl|\/src\/node\//.test(facadeModuleId ?? "")) return null;
      const values = this.parse(code)
        .body.flatMap((node) => (node.type === "VariableDeclaration" ? node.declarations : []))
        .flatMap(({ init }) => (!init || stays(init) ? [] : [init]));
      return wrapped(code, values, "/* @__PURE__ */ (() => (", "))()");
    },
  };
}

/** TypeScript runs in a process of its own, in parallel with the rest of the build. */
async function buildTypes() {
  const config = resolve(root, ".gen/tsconfig.types.json");
  mkdirSync(dirname(config), { recursive: true });
  const compilerOptions = {
    ...{ noEmit: false, declaration: true, declarationMap: true, emitDeclarationOnly: true },
    ...{ rootDir: "..", outDir: "types", types: ["@webgpu/types", "node", "vite/client"] },
  };
  const files = [
    "../src/shader/wgsl_reflect.d.ts",
    ...entries().map(({ source }) => `../${source}`),
  ];
  const options = { extends: "../tsconfig.json", compilerOptions, files, include: [] };
  writeFileSync(config, JSON.stringify(options));
  const tsc = resolve(root, "node_modules/typescript/bin/tsc");
  const compiler = spawn(process.execPath, [tsc, "-p", config], { stdio: "inherit" });
  const [status] = await once(compiler, "close");
  if (status !== 0) fail("the declarations could not be written; 'npm run check' says why");
  copyTypes(resolve(root, ".gen/types/src"), "");
  copyTypes(resolve(root, ".gen/shaders"), "shaders/");
}

/**
 * Copies the declarations under `from` into a folder of dist.
 * @param {string} from @param {string} folder
 */
function copyTypes(from, folder) {
  for (const path of readdirSync(from, { recursive: true, encoding: "utf8" })) {
    if (!/\.d(\.wgsl)?\.ts$/.test(path)) continue;
    const name = folder + path.replaceAll("\\", "/").replace(".d.wgsl.ts", ".d.ts");
    const file = resolve(dist, name);
    mkdirSync(dirname(file), { recursive: true });
    const text = readFileSync(resolve(from, path), "utf8");
    const edits = portable(name, text);
    writeFileSync(file, edited(text, edits));
    const map = resolve(from, `${path}.map`);
    if (existsSync(map)) writeFileSync(`${file}.map`, mapOfTypes(name, text, edits, map));
  }
}

/**
 * The source map of a declaration, from its place in dist to its source in src.
 * @param {string} name @param {string} text @param {ReturnType<typeof editsOf>} edits @param {string} file of TypeScript's
 */
function mapOfTypes(name, text, edits, file) {
  const { mappings, ...map } = JSON.parse(readFileSync(file, "utf8"));
  const up = "../".repeat(name.split("/").length);
  const sources = [`${up}src/${name.replace(/\.d\.ts$/, ".ts")}`];
  return JSON.stringify({ ...map, sources, mappings: moved(mappings, text, edits) });
}

/**
 * Rewrites a declaration so that another package can read it: relative paths, and the .js files that exist.
 * @param {string} name @param {string} text
 */
function portable(name, text) {
  /** @param {string} target */
  const to = (target) => {
    const path = posix.relative(posix.dirname(name), target);
    return path.startsWith(".") ? path : `./${path}`;
  };
  return editsOf(text, [
    // typed arrays are generic only from TypeScript 5.7 on
    [/\b(\w+Array)<ArrayBuffer>/g, ([, array]) => `ReturnType<typeof ${array}.of>`],
    [/\b(\w+Array)<ArrayBufferLike>/g, ([, array]) => `${array}`],
    [/(from |import\()"(\.[^"]*)\.ts"/g, ([, before, path]) => `${before}"${path}.js"`],
    [/"#(shaders\/[^"]*)\.wgsl"/g, ([, path]) => `"${to(`${path}.js`)}"`],
    [/"wgrad:shader"/g, () => `"${to("shader/shader.js")}"`],
  ]);
}
