import { readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { describe, expect, test } from "vitest";
import {
  blocks,
  imports,
  linesWith,
  type Source,
  sources,
  withoutComments,
} from "../../support/sources.ts";

const library = sources("src", ".ts").filter(({ path }) => !path.endsWith(".d.ts"));
const demos = sources("demos", ".ts");
const tests = sources("tests", ".ts");
const shaders = sources("shaders", ".wgsl");
const withMain = shaders.filter(({ text }) => text.includes("@compute"));
const lineCount = ({ text }: Source) => text.trimEnd().split("\n").length;

/** Fails if there are offenders: lists them with the advice. */
function none(offenders: readonly string[], advice: string): void {
  expect(offenders.join("\n"), advice).toBe("");
}

describe("layers", () => {
  /** Lower layers first; those on one line may import each other. */
  const layers = [
    ["core"],
    ["shader"],
    ["gpu"],
    ["kernels"],
    ["scheduler"],
    ["tensor"],
    ["autograd", "ops"],
    ["loss"],
    ["nn"],
    ["optim", "data", "ml", "models", "io"],
    ["train"],
    ["vite", "node"],
  ];
  const level = (layer: string) => layers.findIndex((names) => names.includes(layer));
  const layerOf = (path: string) => path.split("/")[1] ?? "";

  /**
   * Whether a file of layer `from` may import layer `to`: its own and lower layers. `testing` may import all, and none
   * may import it.
   */
  function allowed(from: string, to: string): boolean {
    if (from.endsWith(".ts") || from === to) return true; // src/index.ts exports from every layer
    if (to === "testing" || level(to) < 0) return false;
    return from === "testing" || level(to) <= level(from);
  }

  test("a layer imports only lower layers", () => {
    const offenders = library.flatMap((source) =>
      imports(source)
        .filter((name) => name.startsWith("."))
        .map((name) => posix.join(dirname(source.path), name))
        .filter((target) => !allowed(layerOf(source.path), layerOf(target)))
        .map((target) => `${source.path} imports ${target}`),
    );
    none(offenders, `move the code down, or pass it in from above; layers: ${layers.join(" < ")}`);
  });

  test("the library imports no package, and nothing outside src and shaders", () => {
    const buildTime =
      /^src\/(shader\/(declaration|generate|plugin|reflect(_types)?)\.ts$|(node|vite)\/|testing\/races\/emulat)/;
    const offenders = library.flatMap((source) =>
      imports(source)
        .filter((name) => !name.startsWith("#shaders/"))
        .filter((name) => name !== "#kernels-page") // the page for showKernels, loaded when that is called
        .filter(
          (name) =>
            !posix.join(dirname(source.path), name).startsWith("src/") || !name.startsWith("."),
        )
        .filter(() => !buildTime.test(source.path))
        .map((name) => `${source.path} imports ${name}`),
    );
    none(offenders, "the library has no dependencies: write it, or take it as an argument");
  });

  test("an operation that has a tensor asks for its engine, not for the current one", () => {
    const makers = /^src\/ops\/(shape\/create|random\/(random|draws))\.ts$|_cases\.ts$/;
    const offenders = library
      .filter(({ path }) => /^src\/(autograd|ops|loss)\//.test(path) && !makers.test(path))
      .flatMap((source) =>
        linesWith(source, /\bcurrentEngine\b|(?<![.\w])(full|zeros|ones|uniform|normal)\(/),
      );
    none(offenders, "pass the engine of an operand: filledOn(x.engine, shape, value)");
  });

  test("demo pages import only the public entry points", () => {
    const offenders = demos.flatMap((source) =>
      imports(source)
        .filter((name) => name.startsWith(".") || name.startsWith("#"))
        .filter((name) => !posix.join(dirname(source.path), name).startsWith("demos/"))
        .map((name) => `${source.path} imports ${name}`),
    );
    none(
      offenders,
      'import from "wgrad" or "wgrad/nn" and the like; export there what a page needs',
    );
  });

  test("only gpu, scheduler, prepare and testing call WebGPU", () => {
    const call =
      /\.(create(Buffer|ShaderModule|ComputePipeline|ComputePipelineAsync|BindGroup|BindGroupLayout|PipelineLayout|CommandEncoder|QuerySet)|beginComputePass|dispatchWorkgroups|copyBufferToBuffer|writeBuffer|writeTexture|copyExternalImageToTexture|mapAsync|requestDevice|submit)\(/;
    const may = /^src\/(gpu|scheduler|testing)\/|^src\/kernels\/prepare\.ts$/;
    const offenders = library
      .filter(({ path }) => !may.test(path))
      .flatMap((source) => linesWith(source, call));
    none(offenders, "return a plan, or call what src/gpu offers");
  });
});

describe("shaders", () => {
  test("a .wgsl file is WGSL as it stands, without templates or a preprocessor", () => {
    const offenders = shaders.flatMap((source) => linesWith(source, /\$\{|^\s*#\w+/));
    none(offenders, "use a uniform, an override, a slot or another file");
  });

  test("a .wgsl file opens with a comment, a kernel's with its mathematics", () => {
    const offenders = shaders.filter(({ text }) => {
      const opening = /^(?:\/\/!.*\n)*((?:\/\/ .*\n)+)/.exec(text)?.[1] ?? "";
      const formula = /[=·×÷√Σ∑Π∈≤≥→←‖∂∇]/.test(opening) || !text.includes("@compute");
      return opening === "" || !formula;
    });
    none(
      offenders.map(({ path }) => path),
      "begin, after the directives, with a comment that says as a formula what is computed",
    );
  });

  test("every buffer has its shape as a trailing comment", () => {
    const offenders = shaders.flatMap(({ path, text }) =>
      text
        .split("\n")
        .flatMap((line, i) =>
          line.includes("var<storage") && !/;\s*\/\/ .*(\[.*\]|broadcasts to \w)/.test(line)
            ? [`${path}:${i + 1}: ${line.trim()}`]
            : [],
        ),
    );
    none(offenders, "end the declaration with its shape, for example // [batch, channels]");
  });

  test("a kernel file has one entry point, and it is called main", () => {
    const offenders = withMain.filter(({ text }) => {
      const code = withoutComments(text);
      return (
        (code.match(/@compute/g) ?? []).length !== 1 ||
        !/@compute\s+@workgroup_size\([^)]*\)\s*fn main\s*\(/.test(code)
      );
    });
    none(
      offenders.map(({ path }) => path),
      "one `@compute @workgroup_size(…) fn main(` a file; split the rest off",
    );
  });

  test("no shader asks for arrayLength", () => {
    none(
      shaders.flatMap((source) => linesWith(source, /\barrayLength\b/)),
      "buffers may be longer than the tensor: pass the size in Params",
    );
  });

  test("loops use & and |, not && and ||", () => {
    const offenders = shaders.flatMap(({ path, text }) =>
      blocks(withoutComments(text), /\b(for|while|loop)\b[^{;]*[{;]/g)
        .filter((block) => /&&|\|\|/.test(block.head + block.body))
        .map((block) => `${path}:${block.line}`),
    );
    none(
      offenders,
      "short-circuits in loops make branches that can hang a compiler; use &, | or select",
    );
  });
});

describe("files", () => {
  // main may fill its file: in block kernels the accumulators and the indices into workgroup memory must stay in it, or
  // the compiler copies the former (about 80 moves a slice of matmul, measured on RDNA3) and clamps the latter
  test("a WGSL file has at most 120 lines, its helper functions at most 40", () => {
    const long = shaders.filter((source) => lineCount(source) > 120).map(({ path }) => path);
    const functions = shaders.flatMap(({ path, text }) =>
      blocks(text, /^(@.*\s)?fn (?!main\b)\w+/gm)
        .filter((block) => block.body.trim().split("\n").length > 40)
        .map((block) => `${path}:${block.line}`),
    );
    none(
      [...long, ...functions],
      "two ideas in one: move helpers to shaders/lib or split the file",
    );
  });

  test("a TypeScript file has at most 250 lines", () => {
    const offenders = [...library, ...demos, ...tests].filter((source) => lineCount(source) > 250);
    none(
      offenders.map((source) => `${source.path}: ${lineCount(source)} lines`),
      "two ideas in one: split the file",
    );
  });

  test("no cast goes through unknown, nothing is typed any", () => {
    none(
      [...library, ...demos].flatMap((source) =>
        linesWith(source, /\bas unknown as\b|(:|\bas|<) *any\b/),
      ),
      "parse at the boundary, then trust the type",
    );
  });

  test("no test is skipped or focused", () => {
    const offenders = tests.flatMap((source) =>
      linesWith(source, /\b(test|it|describe)\.(skip|only|todo|fails)\(/),
    );
    none(offenders, "mend it or delete it");
  });

  test("the lock file names the optional packages of every platform, or npm ci refuses it", () => {
    interface Locked {
      readonly optionalDependencies?: Readonly<Record<string, string>>;
    }
    const lock: { packages: Readonly<Record<string, Locked>> } = JSON.parse(
      readFileSync("package-lock.json", "utf8"),
    );
    const wanted = Object.values(lock.packages).flatMap((each) =>
      Object.keys(each.optionalDependencies ?? {}),
    );
    none(
      wanted.filter((name) => !(`node_modules/${name}` in lock.packages)),
      "a registry that lacks them leaves them out: add version, os, cpu and libc by hand",
    );
  });
});
