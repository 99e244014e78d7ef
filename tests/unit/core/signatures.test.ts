import { describe, expect, test } from "vitest";
import { ValueError } from "../../../src/core/errors.ts";
import type { Kinds } from "../../../src/core/kinds.ts";
import { checkOptions } from "../../../src/core/signature.ts";
import { publicExports } from "../../support/public_exports.ts";

test("every exported function and class says what arguments it takes", () => {
  const without = publicExports.filter(({ signature }) => signature === undefined);
  expect(
    without.map(({ entry, name }) => `${entry}: ${name}`).join("\n"),
    "wrap functions in checked(), give classes a static signature (core/signature.ts)",
  ).toBe("");
});

test("a signature has the name under which it is exported", () => {
  const other = publicExports.filter(({ signature, name }) => signature && signature.name !== name);
  expect(other.map(({ signature, name }) => `${name}: ${signature?.name}`).join("\n")).toBe("");
});

describe("an option under another name is refused with the one that was meant:", () => {
  const refusal = (who: string, known: Kinds, wrong: string): string => {
    try {
      checkOptions(who, { [wrong]: 1 }, known);
    } catch (error) {
      return error instanceof ValueError ? error.message : `${error}`;
    }
    return "is accepted";
  };
  const optionsOf = publicExports.flatMap(({ entry, name, signature }) =>
    (signature?.parameters ?? []).flatMap(([, { known }]) =>
      known ? [{ entry, name, known }] : [],
    ),
  );
  const refused = (of: string, wrong: string) => {
    const { name, known } = optionsOf.find((each) => each.name === of) ?? { name: of, known: {} };
    return refusal(name, known, wrong);
  };
  const snakeCase = (name: string) =>
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

  test.each([
    ["misspelt", (name: string) => `${name}${name.at(-1)}`],
    ["in snake case", snakeCase],
  ])("%s", (_, wrongly) => {
    const faults: string[] = [];
    let count = 0;
    for (const { entry, name, known } of optionsOf) {
      for (const option of Object.keys(known)) {
        const wrong = wrongly(option);
        if (wrong in known) continue;
        count++;
        const message = refusal(name, known, wrong);
        if (!message.startsWith(`${name}: `) || !message.endsWith(`did you mean '${option}'?`))
          faults.push(`${entry}: ${message}`);
      }
    }
    expect(faults.join("\n")).toBe("");
    expect(count).toBeGreaterThan(400);
  });

  test("PyTorch's dim is axes or axis here", () => {
    const named = optionsOf.flatMap(({ name, known }) =>
      ["axes", "axis"].flatMap((option) => (option in known ? [{ name, known, option }] : [])),
    );
    for (const { name, known, option } of named) {
      if ("dim" in known) continue;
      expect(refusal(name, known, "dim")).toMatch(`did you mean '${option}'?`);
    }
    expect(named.length).toBeGreaterThan(10);
  });

  test.each([
    ["Adam", "learningRate", "lr"],
    ["Adam", "learning_rate", "lr"],
    ["Adam", "epsilon", "eps"],
    ["Conv2d", "strides", "stride"],
    ["Conv2d", "padding_mode", "padding"],
    ["Linear", "useBias", "bias"],
    ["Linear", "activation", "act"],
    ["init", "powerPreference", "adapter"],
    ["DataLoader", "collate_fn", "collate"],
    ["KMeans", "clusters", "nClusters"],
    ["normal", "stddev", "std"],
    ["SGD", "nestrov", "nesterov"],
    ["SGD", "momemtum", "momentum"],
  ])("%s: %s is %s", (of, wrong, right) => {
    expect(refused(of, wrong)).toMatch(`did you mean '${right}'?`);
  });

  test.each([
    ["init", ["seed", "dtype", "random_state", "backend"]],
    ["Linear", ["in_features", "units", "device"]],
    ["MaxPool2d", ["return_indices", "kernel_size", "poolSize"]],
    ["BatchNorm2d", ["axis"]],
    ["Adam", ["clipnorm", "fused"]],
    ["SGD", ["beta"]],
    ["fit", ["shuffle", "lr", "seed", "batchSize", "callbacks", "metrics", "verbose"]],
    ["normal", ["seed", "sigma"]],
    ["uniform", ["seed", "minval"]],
    ["LogisticRegression", ["learningRate", "lambda"]],
    ["KMeans", ["k", "seed"]],
  ])("%s has nothing like %s", (of, wrong) => {
    for (const each of wrong) expect(refused(of, each)).toMatch(`'${each}'; leave it out`);
  });
});
