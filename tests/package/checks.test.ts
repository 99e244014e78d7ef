import { readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { decode } from "@jridgewell/sourcemap-codec";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lint, typeProblems } from "../../scripts/check_package.mjs";
import { entries } from "../../scripts/entries.mjs";
import { Packed, root, run, runIn } from "./packed.ts";

const packed = new Packed();
beforeAll(() => packed.open("@types/node", "@webgpu/types"), 300_000);
afterAll(() => packed.close());

/** The identifier that begins at a column of a line, if there is one. */
const wordAt = (line = "", column = 0) => /^[A-Za-z_$][\w$]*/.exec(line.slice(column))?.[0];

/**
 * Identifiers in declarations that TypeScript, or the build for generic typed arrays, writes for other ones of the
 * source.
 */
const words = new Set(["declare", "readonly", "static", "ReturnType"]);

test("what npm run check asks publint and Are The Types Wrong, they find in a package that has it", async () => {
  const folder = packed.project("broken/package", {
    "package.json": JSON.stringify({
      ...{ name: "broken", version: "1.0.0", type: "module", files: ["*"] },
      exports: {
        ".": { default: "./index.js", types: "./index.d.ts" },
        "./typeless": "./typeless.js",
      },
    }),
    "index.js": "export {};\n",
    "typeless.js": "export {};\n",
    "index.d.ts": 'export * from "./inner";\n', // which Node would not find
    "inner.d.ts": "export {};\n",
  });
  run("tar", "-czf", `${folder}.tgz`, "-C", dirname(folder), "package");
  const tarball = new Uint8Array(readFileSync(`${folder}.tgz`));
  const said = (await lint(tarball)).join("\n");
  expect(said).toMatch(/types.*should be the first/);
  const problems = await typeProblems(tarball, [".", "./typeless", "./gone"]);
  expect(problems[0]).toBe("no types of the entry point ./gone");
  const kinds = problems.slice(1).map((each) => JSON.parse(each).kind);
  expect(new Set(kinds)).toEqual(new Set(["InternalResolutionError", "UntypedResolution"]));
});

test("its source maps lead from names to the same names in the sources it holds", () => {
  const library = resolve(packed.folder, "node_modules/wgrad");
  const maps = readdirSync(resolve(library, "dist"), { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".map") && !name.startsWith("cdn"),
  );
  const wrong: string[] = [];
  let same = 0;
  for (const name of maps) {
    const file = resolve(library, "dist", name);
    const { sources, mappings } = JSON.parse(readFileSync(file, "utf8")) as {
      sources: readonly string[];
      mappings: string;
    };
    const written = readFileSync(file.slice(0, -".map".length), "utf8").split("\n");
    const origins = sources.map((each) =>
      readFileSync(resolve(dirname(file), each), "utf8").split("\n"),
    );
    decode(mappings).forEach((segments, line) => {
      for (const [column, source, toLine, toColumn] of segments) {
        const to = wordAt(origins[source ?? -1]?.[toLine ?? -1], toColumn);
        const from = wordAt(written[line], column);
        if (from === to) same += from ? 1 : 0;
        else if (from && to && name.endsWith(".d.ts.map") && !words.has(from)) {
          wrong.push(`${name}: ${from} is ${to}`);
        }
      }
    });
  }
  expect(maps.filter((name) => name.endsWith(".d.ts.map")).length).toBeGreaterThan(900);
  expect(maps.filter((name) => name.endsWith(".js.map")).length).toBeGreaterThan(700);
  expect(wrong).toEqual([]);
  expect(same).toBeGreaterThan(100_000);
});

const program = `${entries()
  .map(({ name }, i) => `import * as entry${i} from "${name}";\nvoid entry${i};`)
  .join("\n")}
import * as cdn from "../node_modules/wgrad/dist/cdn/wgrad.js";
void cdn;
`;

/** Programs of the guides, the recipes for kernels alone among them. */
const guides = Object.fromEntries(
  readdirSync(resolve(root, "tests/guides"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [name, readFileSync(resolve(root, "tests/guides", name), "utf8")]),
);

/** The oldest TypeScript that reads the package, and the newest, which has the types of WebGPU in "dom". */
const compilers = {
  "5.4": { path: "tools/node_modules/typescript-5.4", types: ["node", "@webgpu/types"] },
  7: { path: "node_modules/typescript", types: ["node"] },
};

test.each([
  ["5.4", "bundler", "esnext"],
  ["5.4", "node16", "node16"],
  ["7", "bundler", "esnext"],
  ["7", "node16", "node16"],
] as const)(
  "TypeScript %s reads every type of it, and the programs of the guides, with module resolution %s",
  (version, resolution, module) => {
    const { path, types } = compilers[version];
    const compilerOptions = {
      ...{ strict: true, noEmit: true, target: "es2022", module, moduleResolution: resolution },
      ...{ lib: ["es2023", "dom", "dom.iterable"], types, allowImportingTsExtensions: true },
      ...{ skipLibCheck: false, exactOptionalPropertyTypes: true },
    };
    const folder = packed.project(`typescript-${version}-${resolution}`, {
      ...guides,
      "main.ts": program,
      "first.ts": readFileSync(resolve(root, "tests/readme/install.ts"), "utf8"),
      "using.ts": readFileSync(resolve(root, "tests/readme/example.ts"), "utf8"),
      "package.json": '{ "type": "module" }',
      "tsconfig.json": JSON.stringify({
        compilerOptions,
        files: ["main.ts", "first.ts", "using.ts", ...Object.keys(guides)],
      }),
    });
    const tsc = resolve(root, path, "bin/tsc");
    expect(runIn(folder, process.execPath, tsc, "--version")).toContain(`Version ${version}.`);
    runIn(folder, process.execPath, tsc, "-p", ".");
  },
);
