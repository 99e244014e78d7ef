import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import puppeteer, { type Browser } from "puppeteer";
import { build, type PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveBuilt } from "../../scripts/browser.mjs";
import { launchOptions } from "../../scripts/chrome.mjs";
import { createProject, templates } from "../../scripts/create.mjs";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "wgrad-created-"));
const servers: PreviewServer[] = [];
let tarball = "";
let browser: Browser;

function run(command: string, ...words: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: root, encoding: "utf8" });
  expect(status, `${command} ${words.join(" ")}\n${stdout}${stderr}`).toBe(0);
}

/** The packed library in the node_modules above all projects, beside the tools of their package.json. */
beforeAll(async () => {
  const modules = join(folder, "node_modules");
  run("npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", folder);
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
  mkdirSync(join(modules, "wgrad"), { recursive: true });
  run("tar", "-xzf", tarball, "-C", join(modules, "wgrad"), "--strip-components=1");
  for (const name of ["typescript", "vite", "wgsl_reflect"]) {
    symlinkSync(resolve(root, "node_modules", name), join(modules, name), "junction");
  }
  browser = await puppeteer.launch(launchOptions());
}, 300_000);

afterAll(async () => {
  await browser?.close();
  for (const server of servers) await server.close();
  rmSync(folder, { recursive: true });
});

/** Type-checks and builds a project as its own script does, and opens the page. */
async function opened(project: string): Promise<{ status: string | undefined; text: string }> {
  run(process.execPath, resolve(root, "node_modules/typescript/bin/tsc"), "-p", project);
  const config = join(project, "vite.config.ts");
  await build({
    root: project,
    configFile: existsSync(config) && config,
    logLevel: "silent",
    build: { target: "es2022" },
  });
  const server = await serveBuilt(join(project, "dist"));
  servers.push(server);
  const page = await browser.newPage();
  await page.goto(server.resolvedUrls?.local[0] ?? "", { timeout: 0 });
  await page.waitForFunction(() => document.body.dataset.status, { timeout: 0 });
  const found = await page.evaluate(() => ({
    status: document.body.dataset.status,
    text: document.body.innerText,
  }));
  await page.close();
  return found;
}

describe("a created project type-checks, builds and does its work with the packed library:", () => {
  const created = async (template: string) => {
    const project = join(folder, `my ${template}`);
    createProject(project, template, tarball);
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
      expect(types(project)).toBe(types(resolve(root, "templates/kernel"))); // the committed ones are those written
    }
  });

  test("kernel: a mistake is found and a compile error names the project's file", async () => {
    const project = join(folder, "mistaken");
    createProject(project, "kernel", tarball);
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
