import { readFileSync } from "node:fs";
import { resolve } from "node:path";
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

/** Runs a module in Node, beside the packed library and the tools; what it prints, as JSON. */
function asked(name: string, code: string): unknown {
  const folder = packed.project(name, { "main.mjs": code });
  return JSON.parse(runIn(folder, process.execPath, "main.mjs"));
}

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
  // the package is of ES modules: \`require\` finds them only where Node loads such, and TypeScript 4's "node10" knows no "exports"
  const meant = new Set(["CJSResolvesToESM"]);
  const others = found.problems.filter(
    ({ kind, resolutionKind }) => !meant.has(kind) && resolutionKind !== "node10",
  );
  expect(others).toEqual([]);
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
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({ compilerOptions, files: ["main.ts", "first.ts"] }),
  });
  const tsc = resolve(root, "tools/node_modules/typescript-5.4/bin/tsc");
  runIn(folder, process.execPath, tsc, "-p", ".");
});
