import { join, resolve } from "node:path";
import { build, type Plugin } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { vulkanEnvironment } from "../../scripts/chrome.mjs";
import { Packed, root, runIn, runWith } from "./packed.ts";
import { lines, program, read, shown, xor } from "./set_ups.ts";

const packed = new Packed();
beforeAll(
  () =>
    packed.open("react", "react-dom", "@types/react", "@types/node", "svelte", "webgpu", "vitest"),
  300_000,
);
afterAll(() => packed.close());

type Plugins = Plugin[];
const svelteCompiler = resolve(root, "tools/node_modules/svelte/src/compiler/index.js");

describe("what a server rendered trains once it is in the browser:", () => {
  /**
   * Renders a project's page on a server, then builds the page and opens it: returns the HTML from the server and what
   * the page prints.
   */
  async function opened(name: string, files: Readonly<Record<string, string>>, plugins: Plugins) {
    const folder = packed.project(name, { ...files, "package.json": '{ "type": "module" }' });
    const set = { root: folder, configFile: false, logLevel: "silent", plugins } as const;
    const [ssr, outDir] = [{ external: true } as const, "server"]; // Node loads the library itself, not bundled
    await build({ ...set, ssr, build: { ssr: join(folder, `server.${ending(files)}`), outDir } });
    const rendered = runIn(folder, process.execPath, "server/server.js");
    const client = `<script type="module" src="./client.${ending(files)}"></script>`;
    packed.project(name, {
      "index.html": `<!doctype html><meta charset="utf-8" /><main>${rendered}</main>${client}`,
    });
    await build(set);
    return { rendered, printed: await packed.printed(join(folder, "dist")) };
  }
  const ending = (files: object) => ("server.tsx" in files ? "tsx" : "js");

  /** Prints the text of the page once it contains a number. */
  const watch = `const node = document.querySelector("main")!;
new MutationObserver(() => /\\d/.test(node.textContent!) && console.log(node.textContent!.trim()))
  .observe(node, { characterData: true, childList: true, subtree: true });
`;

  test("a client component of React, as Next.js has it", async () => {
    const page = shown("page.tsx");
    const { rendered, printed } = await opened(
      "react",
      {
        "train.ts": shown("train.ts"),
        "page.tsx": page,
        "server.tsx": `import { renderToString } from "react-dom/server";
import Page from "./page";
process.stdout.write(renderToString(<Page />));
`,
        "client.tsx": `import { hydrateRoot } from "react-dom/client";
import Page from "./page";
${watch}hydrateRoot(node, <Page />);
`,
      },
      [],
    );
    expect(rendered).toBe("<p>The slope is <!-- -->not known yet<!-- -->.</p>");
    expect(printed).toEqual(["The slope is 2.00."]);
    lines("Next.js", page);
  });

  test("a page of Svelte, as SvelteKit has it", async () => {
    const page = shown("page.svelte");
    const { compile } = await import(svelteCompiler);
    const compiled: Plugins[number] = {
      name: "svelte",
      transform(code, id, options) {
        if (!id.endsWith(".svelte")) return null;
        const { js } = compile(code, {
          filename: id,
          generate: options?.ssr ? "server" : "client",
        });
        return { code: js.code, map: js.map, moduleType: "js" };
      },
    };
    const { rendered, printed } = await opened(
      "svelte",
      {
        "train.ts": shown("train.ts"),
        "page.svelte": page.replace("$lib/train", "./train"),
        "server.js": `import { render } from "svelte/server";
import Page from "./page.svelte";
process.stdout.write(render(Page).body);
`,
        "client.js": `import { hydrate } from "svelte";
import Page from "./page.svelte";
${watch.replaceAll("!", "")}hydrate(Page, { target: node });
`,
      },
      [compiled],
    );
    expect(rendered).toContain("<p>The slope is not known yet.</p>");
    expect(printed).toEqual(["The slope is 2.00."]);
    lines("SvelteKit", page);
  });
});

const bring = 'import "wgrad/node";\n';

test("a client component and a program for Node type-check", () => {
  const compilerOptions = {
    ...{ strict: true, noEmit: true, target: "es2022", module: "esnext", skipLibCheck: false },
    ...{ moduleResolution: "bundler", jsx: "react-jsx", types: ["react", "node"] },
  };
  const folder = packed.project("types", {
    "page.tsx": shown("page.tsx"),
    "train.ts": shown("train.ts"),
    "node.ts": bring + program,
    "tsconfig.json": JSON.stringify({ compilerOptions }),
  });
  runIn(folder, process.execPath, resolve(root, "node_modules/typescript/bin/tsc"), "-p", ".");
});

describe("Node", () => {
  const inNode = (name: string, program: string) =>
    runWith(
      vulkanEnvironment(),
      packed.project("node", { [name]: program }),
      process.execPath,
      name,
    );

  test("trains on the machine's driver, or on the browser's software driver", () => {
    const [, values = ""] =
      /^Float32Array\(4\) \[([^\]]*)\]\s*$/.exec(inNode("main.mjs", bring + program)) ?? [];
    expect([values.split(",").map(Number)]).toEqual(xor);
    lines("Node", bring);
  });

  const { LD_LIBRARY_PATH: browser } = vulkanEnvironment();
  test.runIf(browser)(
    "trains with the environment that the guide writes for a browser's driver",
    () => {
      const [, words = ""] =
        /^```sh\n(.*) node main\.mjs\n```$/m.exec(read("docs/guides/node_and_workers.md")) ?? [];
      const variables = words.split(" ").map((word) => word.split("=") as [string, string]);
      const own = variables.map(([name, value]) => [
        name,
        value.replace("/opt/google/chrome", browser ?? ""),
      ]);
      const folder = packed.project("node", { "main.mjs": bring + program });
      const said = runWith(Object.fromEntries(own), folder, process.execPath, "main.mjs");
      expect(said).toMatch(/^Float32Array\(4\) \[/);
    },
  );

  test("runs the cases of a kernel in a file, by Vitest", () => {
    const folder = packed.project("vitest", {
      "package.json": '{ "type": "module" }',
      "vitest.config.js": `import { wgsl } from "wgrad/vite";
export default { plugins: [wgsl()] };
`,
      "twice.wgsl": `//! use wgrad/lib/nan.wgsl
struct Params { n: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < params.n) { y[id.x] = keep_nan(x[id.x], 2.0 * x[id.x]); }
}
`,
      "twice.test.js": `import "wgrad/node";
import { expect, test } from "vitest";
import { init } from "wgrad";
import { kernel } from "wgrad/kernels";
import { runCase } from "wgrad/testing";
import shader from "./twice.wgsl";

const plan = ({ x }) => ({ outputs: { y: x }, params: { n: x[0] }, grid: [Math.ceil(x[0] / 64)], flops: x[0] });
const some = { name: "some", inputs: { x: [70] }, options: {} };
test.each([2, 3])("times %i", async (by) => {
  const { gpu } = await init();
  const reference = ({ x }) => ({ y: Float64Array.from(x.data, (v) => by * v) });
  const found = await runCase(gpu.device, { kernel: kernel(shader, plan), reference, cases: [some] }, some);
  expect(found.length).toBe(by - 2);
});
`,
    });
    const vitest = resolve(root, "node_modules/vitest/vitest.mjs");
    const plain = { ...vulkanEnvironment(), NO_COLOR: "1" };
    expect(runWith(plain, folder, process.execPath, vitest, "run")).toMatch(/Tests +2 passed/);
  });

  test("runs the program of the guide", () => {
    expect(inNode("guide.mjs", read("tests/guides/in_node.mjs"))).toMatch(/^\S.* 3,3,3,3\n$/);
  });

  test.runIf(process.platform === "linux")("says what to do where there is no driver", () => {
    const refused = `${bring}import { init } from "wgrad";
init().catch(({ name, message }) => console.log(name, message));
`;
    const none = { VK_DRIVER_FILES: "/nowhere", VK_ICD_FILENAMES: "/nowhere" };
    const folder = packed.project("node", { "without.mjs": refused });
    expect(runWith(none, folder, process.execPath, "without.mjs")).toMatch(
      /^NoAdapterError wgrad: expected a GPU adapter, got none; .*Node: wgrad\/node and a Vulkan driver/,
    );
  });
});
