import { beforeAll, describe, expect, test } from "vitest";
import type { Kernel } from "../../../src/kernels/kernel.ts";
import { loadShader } from "../../../src/shader/generate.ts";
import { bindingsOf, type Shader, type Signature } from "../../../src/shader/shader.ts";
import { sources } from "../../support/sources.ts";

const load = import.meta.glob<Record<string, unknown>>([
  "../../../src/kernels/*/*.ts",
  "!../../../src/kernels/*/exports.ts",
]);
const shaders = sources("shaders", ".wgsl");
const withMain = shaders.filter(({ text }) => text.includes("@compute")).map(({ path }) => path);

/** Fails if there are offenders: lists them with the advice. */
function none(offenders: readonly string[], advice: string): void {
  expect(offenders.join("\n"), advice).toBe("");
}

describe("a kernel is one .wgsl and one .ts", () => {
  interface Found {
    readonly path: string;
    readonly kernels: readonly [string, Kernel<Signature, unknown>][];
    readonly exports: Readonly<Record<string, unknown>>;
  }
  const found: Found[] = [];
  const isKernel = (entry: [string, unknown]): entry is [string, Kernel<Signature, unknown>] =>
    typeof entry[1] === "object" && entry[1] !== null && "shader" in entry[1];

  beforeAll(async () => {
    for (const [path, module] of Object.entries(load)) {
      const exports = await module();
      const kernels = Object.entries(exports).filter(isKernel);
      if (kernels.length) found.push({ path: path.replace("../../../", ""), kernels, exports });
    }
  }, 120_000); // links every shader, which takes a busy machine long

  test("a module exports one kernel", () => {
    const offenders = found.filter(({ kernels }) => kernels.length > 1);
    none(
      offenders.map(({ path, kernels }) => `${path}: ${kernels.map(([name]) => name).join(", ")}`),
      "move the others to modules of their own",
    );
  });

  test("a module is named like its shader", () => {
    const mirror = (path: string) => path.replace("src/kernels/", "").replace(/\.ts$/, ".wgsl");
    const offenders = found.flatMap(({ path, kernels }) =>
      kernels
        .filter(([, { shader }]) => shader.path !== mirror(path))
        .map(([, { shader }]) => `${path} runs shaders/${shader.path}`),
    );
    none(offenders, "name the .ts and the .wgsl alike");
  });

  test("a kernel has a reference and cases", () => {
    const offenders = found.filter(
      ({ exports: { reference, cases } }) =>
        typeof reference !== "function" || !Array.isArray(cases) || cases.length === 0,
    );
    none(
      offenders.map(({ path }) => path),
      "export a reference in plain loops and cases, hostile ones first",
    );
  });

  test("cases and benches of a kernel have names of their own", () => {
    const offenders = found.flatMap(({ path, exports: { cases = [], benches = [] } }) => {
      const names = [cases, benches].flat().map((each) => (each as { name: string }).name);
      return names.filter((name, i) => names.indexOf(name) !== i).map((name) => `${path}: ${name}`);
    });
    none(offenders, "a name must be enough to run a case alone");
  });

  test("every shader has its module under src/kernels", () => {
    const module = (path: string) =>
      path.replace("shaders/", "../../../src/kernels/").replace(/\.wgsl$/, ".ts");
    none(
      withMain.filter((path) => !(module(path) in load)),
      "write plan, reference and cases for it, or delete it",
    );
  });
});

describe("shaders, linked", () => {
  const linked = withMain.map((path) => loadShader("shaders", path.replace("shaders/", "")));
  const choices = (shader: Shader) => Object.values(shader.slots).map((all) => Object.values(all));

  /** Every choice for one slot, with the first choice in all others. */
  function fills(shader: Shader): Record<string, string>[] {
    const slots = Object.entries(shader.slots).map(
      ([slot, all]) => [slot, Object.keys(all)] as const,
    );
    const first = Object.fromEntries(slots.map(([slot, [choice = ""]]) => [slot, choice]));
    return [
      first,
      ...slots.flatMap(([slot, all]) => all.map((choice) => ({ ...first, [slot]: choice }))),
    ];
  }

  test("every other .wgsl file is used by one with an entry point", () => {
    const used = new Set(
      linked
        .flatMap((shader) => [
          ...shader.parts,
          ...choices(shader)
            .flat()
            .flatMap(({ parts }) => parts),
        ])
        .map(({ file }) => `shaders/${file}`),
    );
    none(
      shaders.map(({ path }) => path).filter((path) => !used.has(path)),
      "use it or delete it",
    );
  });

  test("buffers are bound in the order params, reads, writes", () => {
    const offenders = linked.flatMap((shader) =>
      fills(shader).flatMap((fill) => {
        const bindings = bindingsOf(shader, fill);
        const firstWrite = bindings.findIndex(({ access }) => access !== "read");
        const late = bindings.find(({ access }, i) => access === "read" && i > firstWrite);
        return firstWrite >= 0 && late ? [`shaders/${shader.path}: ${late.name} is read`] : [];
      }),
    );
    none([...new Set(offenders)], "give what is read lower numbers than what is written");
  });

  test("a shader binds at most 8 storage buffers, however its slots are filled", () => {
    const most = (shader: Shader) =>
      choices(shader).reduce(
        (sum, all) => sum + Math.max(...all.map(({ bindings }) => bindings.length)),
        shader.bindings.length,
      );
    const offenders = linked.filter((shader) => most(shader) > 8);
    none(
      offenders.map((shader) => `shaders/${shader.path}: ${most(shader)}`),
      "adapters need not have more: split the kernel or pack buffers",
    );
  });
});
