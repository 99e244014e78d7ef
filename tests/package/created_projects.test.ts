import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProject, templates } from "../../create/project.mjs";
import { contentSecurityPolicy } from "../../scripts/policy.mjs";
import { Packed, root, run, runIn } from "./packed.ts";

const packed = new Packed();
const { folder } = packed;
/** The command of create-wgrad, from its package. */
let command = "";
beforeAll(() => {
  packed.open("typescript", "vite", "wgsl_reflect");
  run("npm", "pack", "./create", "--silent", "--ignore-scripts", "--pack-destination", folder);
  const modules = join(folder, "node_modules/create-wgrad");
  mkdirSync(modules);
  run(
    "tar",
    "-xzf",
    join(folder, `create-wgrad-${own.version}.tgz`),
    "-C",
    modules,
    "--strip-components=1",
  );
  command = join(modules, own.bin["create-wgrad"]);
}, 300_000);
afterAll(() => packed.close());

const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
const own = read(resolve(root, "create/package.json"));

/** Type-checks and builds a project with its own script, and opens the page. */
async function opened(project: string): ReturnType<Packed["page"]> {
  run(process.execPath, resolve(root, "node_modules/typescript/bin/tsc"), "-p", project);
  const config = join(project, "vite.config.ts");
  await build({
    root: project,
    configFile: existsSync(config) && config,
    logLevel: "silent",
    plugins: [contentSecurityPolicy()],
    build: { target: "es2022" },
  });
  return packed.page(join(project, "dist"));
}

describe("a created project type-checks, builds and does its work with the packed library:", () => {
  const created = async (template: string) => {
    const project = join(folder, `my ${template}`);
    const words = ["--template", template, "--library", packed.tarball];
    const said = runIn(folder, process.execPath, command, `my ${template}`, ...words);
    expect(said).toContain("npm run dev");
    const { name, dependencies } = read(join(project, "package.json"));
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
      expect(types(project)).toBe(types(resolve(root, "create/templates/kernel")));
    }
  });

  test("kernel: its kernels stand on a page as the library's own do, under a strict policy", async () => {
    const built = join(folder, "my kernel/dist"); // by the test before
    const all = await packed.page(built, "kernels.html?auto=1");
    expect(all.status, all.text).toBe("ok");
    expect(all.problems).toEqual([]);
    expect(all.text).toContain("My kernels");
    expect(all.text).not.toContain("operations");
    expect(all.text).toMatch(/✓ All 12 cases passed in /);
    expect(all.text).toMatch(/Your kernels\s+✓\s*wave\s*6\s+✓\s*waveGrad\s*6/);
    expect(all.text).toContain("y[i] = amplitude · shape(frequency · x[i])"); // the formula from the comment at the top of wave.wgsl
    expect(all.text).toMatch(/soft of \[1\]\s+✓ passed/);
    expect(all.text).toMatch(/\.\/src\/wave\.wgsl.*fn main\(/s);
    expect(all.text).not.toContain("softmax/softmax");
    const one = await packed.page(built, "kernels.html?auto=1&only=waveGrad#waveGrad");
    expect(one.text).toMatch(/✓ All 6 cases passed in /);
    expect(one.text).toContain("dx[i] = dy[i] · amplitude · frequency · slope(frequency · x[i])");
    expect(one.text).toContain("wgrad/lib/tanh.wgsl");
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
    spawnSync(process.execPath, [command, ...words], { encoding: "utf8" });
  const full = create(folder);
  expect(full.status).toBe(1);
  expect(full.stderr).toMatch(
    /create: expected a folder that is not there yet, got .*; choose another/,
  );
  const other = create(join(folder, "new"), "--template", "games");
  expect(other.stderr).toContain(
    "create: expected --template classical, kernel, training, got games; choose one of these",
  );
  expect(create().stderr).toContain("create: expected one folder, got 0; npm create wgrad my-app");
  expect(create("new", "--model", "x").stderr).toMatch(
    /create: expected a folder, --template <name> and .*, got new --model x; leave out/,
  );
  const clone = spawnSync(process.execPath, [resolve(root, "scripts/create.mjs")], {
    encoding: "utf8",
  });
  expect(clone.stderr).toContain("expected one folder, got 0; npm run create -- ../my-app");
  expect(existsSync(join(folder, "new"))).toBe(false);
});

test("a project made without a tarball takes the version of the library that create-wgrad came with", () => {
  const library = read(resolve(root, "package.json"));
  expect([own.version, own.engines]).toEqual([library.version, library.engines]);
  for (const template of templates) {
    const project = join(folder, `plain ${template}`);
    createProject(project, template);
    const { dependencies, devDependencies } = read(join(project, "package.json"));
    expect(dependencies).toEqual({ wgrad: `^${library.version}` });
    for (const [name, version] of Object.entries(devDependencies)) {
      expect(library.devDependencies[name], name).toBe(version);
    }
  }
});
