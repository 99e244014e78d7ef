import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProject, templates } from "../../scripts/create.mjs";
import { Packed, root, run } from "./packed.ts";

const packed = new Packed();
const { folder } = packed;
beforeAll(() => packed.open("typescript", "vite", "wgsl_reflect"), 300_000);
afterAll(() => packed.close());

/** Type-checks and builds a project with its own script, and opens the page. */
async function opened(project: string): ReturnType<Packed["page"]> {
  run(process.execPath, resolve(root, "node_modules/typescript/bin/tsc"), "-p", project);
  const config = join(project, "vite.config.ts");
  await build({
    root: project,
    configFile: existsSync(config) && config,
    logLevel: "silent",
    build: { target: "es2022" },
  });
  return packed.page(join(project, "dist"));
}

describe("a created project type-checks, builds and does its work with the packed library:", () => {
  const created = async (template: string) => {
    const project = join(folder, `my ${template}`);
    createProject(project, template, packed.tarball);
    const { name, dependencies } = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
    expect(name).toBe(`my-${template}`);
    expect(dependencies.wgrad).toMatch(/^file:\.\.\/wgrad-.*\.tgz$/);
    return { project, ...(await opened(project)) };
  };

  test("there is one of each kind", () =>
    expect(templates).toEqual(["classical", "kernel", "training"]));

  test("kernel: cases, races, mistakes and gradient of kernels of its own", async () => {
    const { project, status, text } = await created("kernel");
    expect(status, text).toBe("ok");
    expect(text).toContain("all passed");
    expect(text).toMatch(/✓ wave: cases notice (\d+) of \1 mistakes/);
    expect(text).toMatch(/✓ waveGrad: cases notice (\d+) of \1 mistakes/);
    for (const name of ["wave", "wave_grad"]) {
      const types = (folder: string) => readFileSync(join(folder, `src/${name}.wgsl.d.ts`), "utf8");
      // the committed files must be those that the generator writes
      expect(types(project)).toBe(types(resolve(root, "templates/kernel")));
    }
  });

  test("kernel: a mistake is found and a compile error names the project's file", async () => {
    const project = join(folder, "mistaken");
    createProject(project, "kernel", packed.tarball);
    const file = join(project, "src/wave_grad.wgsl");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("* params.frequency * slope", "* slope"));
    const mistaken = await opened(project);
    expect(mistaken.status).toBe("error");
    expect(mistaken.text).toMatch(/✗ waveGrad, soft of \[1\]/);
    writeFileSync(file, text.replace("dy[i] *", "dy[i] * nonsense *"));
    expect((await opened(project)).text).toMatch(
      /ShaderError: .*\.\/src\/wave_grad\.wgsl:16:\d+: unresolved value 'nonsense'/s,
    );
  });

  test("training: a network learns two moons", async () => {
    const { status, text } = await created("training");
    expect(status, text).toBe("ok");
    expect(Number(/never seen: ([\d.]+) %/.exec(text)?.[1])).toBeGreaterThan(95);
  });

  test("classical: a pipeline learns sorts of wine", async () => {
    const { status, text } = await created("classical");
    expect(status, text).toBe("ok");
    expect(Number(/never seen: ([\d.]+) %/.exec(text)?.[1])).toBeGreaterThan(90);
  });
});

test("a folder that holds something, and a template that is not there, are refused", () => {
  const create = (...words: string[]) =>
    spawnSync(process.execPath, [resolve(root, "scripts/create.mjs"), ...words], {
      encoding: "utf8",
    });
  const full = create(folder);
  expect(full.status).toBe(1);
  expect(full.stderr).toMatch(
    /create: expected a folder that is not there yet, got .*; choose another/,
  );
  const other = create(join(folder, "new"), "--template", "games");
  expect(other.stderr).toContain(
    "create: expected --template classical, kernel, training, got games",
  );
  expect(create().stderr).toContain("create: expected one folder, got 0");
  expect(existsSync(join(folder, "new"))).toBe(false);
});
