import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadShader } from "../../../src/shader/generate.ts";
import { finalWgsl } from "../../../src/testing/final_wgsl.ts";
import { allVariants } from "../../../src/testing/isa.ts";
import { allKernels } from "../../../src/testing/kernels.ts";

const folder = mkdtempSync(join(tmpdir(), "wgrad-isa-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A fake compiler: the figures that it prints encode the input that it got. */
function fakeTool(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, body);
  return path;
}

function isa(args: readonly string[], tool?: string) {
  const { WGRAD_ISA: _, ...env } = process.env;
  return spawnSync(process.execPath, ["scripts/isa.mjs", ...args], {
    encoding: "utf8",
    env: tool ? { ...env, WGRAD_ISA: tool } : env,
  });
}

/** Refuses all shaders but the first. */
const tool = fakeTool(
  "tool.mjs",
  `
import { readFileSync } from "node:fs";
if (!process.argv[2].endsWith("0.wgsl")) {
  console.error("no such opcode");
  process.exit(2);
}
const text = readFileSync(process.argv[2], "utf8");
const fmaPerIssue = text.includes("@compute") && !/^override/m.test(text) ? 0.5 : 0;
console.log(JSON.stringify({ vgprs: 64, spilledVgprs: 0, ldsBytes: 4096, wavesPerSimd: 16, fmaPerIssue }));
`,
);

describe("npm run isa", () => {
  test("says how to provide the compiler where there is none", () => {
    const { status, stderr } = isa([]);
    expect(stderr).toMatch(/expected a shader compiler, got none; set WGRAD_ISA or --tool/);
    expect(status).toBe(1);
    expect(isa(["--tool", join(folder, "absent.mjs")]).stderr).toMatch(/there is no .*absent\.mjs/);
  });
  test("refuses an option it does not have", () => {
    const { status, stderr } = isa(["--asm"]);
    expect(stderr).toMatch(/--asm.*see the top of scripts\/isa\.mjs/s);
    expect(status).toBe(1);
  });
  test("prints a row a variant, names what the compiler refuses and fails", {
    timeout: 120_000,
  }, () => {
    const { status, stdout } = isa(["matmul/tiled", "N"], tool);
    expect(stdout).toMatch(/^kernel +VGPRs +spills +LDS +waves\/SIMD +fma\/issue\n/);
    expect(stdout).toMatch(/\nmatmul\/tiled: NN 256×256×256 +64 +0 +4096 +16 +0\.500\n/);
    expect(stdout).toMatch(/\nmatmul\/tiled: NT 256×256×256\n {2}no such opcode\n$/);
    expect(status).toBe(1);
  });
  test("prints one JSON array of what the filter names", { timeout: 120_000 }, () => {
    const { status, stdout } = isa(["matmul/tiled", "NN", "256", "--json", "--tool", tool]);
    expect(JSON.parse(stdout)).toEqual([
      {
        kernel: "matmul/tiled",
        case: "NN 256×256×256",
        vgprs: 64,
        spilledVgprs: 0,
        ldsBytes: 4096,
        wavesPerSimd: 16,
        fmaPerIssue: 0.5,
      },
    ]);
    expect(status).toBe(0);
  });
});

describe("final WGSL", () => {
  test("of every kernel has an entry point and no override", { timeout: 120_000 }, () => {
    const all = allVariants();
    expect(new Set(all.map(({ kernel }) => kernel)).size).toBe(allKernels().length);
    const wrong = all.filter(
      ({ code }) =>
        !code.includes("@compute") || /\boverride\b/.test(code.replace(/\/\/.*$/gm, "")),
    );
    expect(wrong.map(({ kernel }) => kernel)).toEqual([]);
  });
  test("has the plan's overrides, and the shader's own where the plan has none", () => {
    const shader = loadShader("shaders", "matmul/registers.wgsl");
    const slots = {
      act: "leaky_relu",
      channel: "column",
      epilogue: "none",
      length: "short",
      preactivation: "dropped",
      load_a: "rows",
      load_b: "rows",
      store_c: "scalar",
      tail: "some",
    };
    const plan = { outputs: {}, params: {}, grid: [1] as const, flops: 0, slots };
    const changed = finalWgsl(shader, { ...plan, overrides: { LEAKY_SLOPE: -2 } });
    expect(changed).toContain("const LEAKY_SLOPE: f32 = f32(-2);");
    expect(changed).toContain("const WG: u32 = 64;");
  });
});
