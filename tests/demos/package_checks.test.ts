import { readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { decode } from "@jridgewell/sourcemap-codec";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entries } from "../../scripts/entries.mjs";
import { Packed, root, runIn } from "./packed.ts";

const packed = new Packed();
const tools = [
  "@arethetypeswrong/core",
  "publint",
  "typescript-5.4",
  "@types/node",
  "@webgpu/types",
];
beforeAll(() => packed.open(...tools), 300_000);
afterAll(() => packed.close());

/** Runs a module in Node, beside the packed library and the tools; returns what it prints, parsed as JSON. */
function asked(name: string, code: string): unknown {
  const folder = packed.project(name, { "main.mjs": code });
  return JSON.parse(runIn(folder, process.execPath, "main.mjs"));
}

/** The identifier that begins at a column of a line, if there is one. */
const wordAt = (line = "", column = 0) => /^[A-Za-z_$][\w$]*/.exec(line.slice(column))?.[0];

/**
 * Identifiers in declarations that TypeScript, or the build for generic typed arrays, writes for other ones of the
 * source.
 */
const words = new Set(["declare", "readonly", "static", "ReturnType"]);

test("publint finds nothing in the package", () => {
  const code = `import { readFileSync } from "node:fs";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
const tarball = readFileSync(${JSON.stringify(packed.tarball)});
const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
console.log(JSON.stringify([pkg.name, ...messages.map((each) => formatMessage(each, pkg, { color: false }))]));
`;
  expect(asked("publint", code)).toEqual(["wgrad"]);
});

test("Are The Types Wrong finds modules and types of every entry point, by import", () => {
  const code = `import { readFileSync } from "node:fs";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
const data = new Uint8Array(readFileSync(${JSON.stringify(packed.tarball)}));
const { types, entrypoints, problems } = await checkPackage(createPackageFromTarballData(data));
console.log(JSON.stringify({ types: types.kind, entrypoints: Object.keys(entrypoints), problems }));
`;
  const found = asked("types", code) as { problems: { kind: string; resolutionKind?: string }[] };
  const names = entries().map(({ name }) => name.replace("wgrad", "."));
  expect(found).toMatchObject({
    types: "included",
    entrypoints: expect.arrayContaining(names),
  });
  // the package has ES modules only: `require` finds them in Node versions that can load them, and TypeScript's
  // "node10" resolution ignores "exports"
  const meant = new Set(["CJSResolvesToESM"]);
  const others = found.problems.filter(
    ({ kind, resolutionKind }) => !meant.has(kind) && resolutionKind !== "node10",
  );
  expect(others).toEqual([]);
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

test.each([
  ["bundler", "esnext"],
  ["node16", "node16"],
])("TypeScript 5.4 reads every type of it, with module resolution %s", (resolution, module) => {
  const compilerOptions = {
    ...{ strict: true, noEmit: true, target: "es2022", module, moduleResolution: resolution },
    ...{ lib: ["es2023", "dom"], types: ["node", "@webgpu/types"] },
    ...{ skipLibCheck: false, exactOptionalPropertyTypes: true },
  };
  const folder = packed.project(`typescript-${resolution}`, {
    "main.ts": program,
    "first.ts": readFileSync(resolve(root, "tests/readme/install.ts"), "utf8"),
    "using.ts": readFileSync(resolve(root, "tests/readme/example.ts"), "utf8"),
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({
      compilerOptions,
      files: ["main.ts", "first.ts", "using.ts"],
    }),
  });
  const tsc = resolve(root, "tools/node_modules/typescript-5.4/bin/tsc");
  runIn(folder, process.execPath, tsc, "-p", ".");
});
