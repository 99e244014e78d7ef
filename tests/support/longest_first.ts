import { relative } from "node:path";
import type { BaseSequencer, TestSpecification } from "vitest/node";

/** The slowest test files on two cores without a graphics card, the slowest first. */
export const longest: readonly string[] = [
  "tests/gpu/cases.test.ts",
  "tests/gpu/models/models.test.ts",
  "tests/gpu/demos/programs.test.ts",
  "tests/gpu/train/recovery.test.ts",
  "tests/gpu/models/models_logits.test.ts",
  "tests/gpu/nn/layers_contract.test.ts",
  "tests/gpu/readme.test.ts",
  "tests/gpu/models/resnet50.test.ts",
  "tests/gpu/docs/examples.test.ts",
  "tests/unit/package.test.ts",
  "tests/unit/kernels/races.test.ts",
  "tests/unit/demos/programs.test.ts",
  "tests/unit/kernels/isa.test.ts",
  "tests/demos/resnet.test.ts",
  "tests/demos/normalisation.test.ts",
  "tests/demos/optimisers.test.ts",
  "tests/demos/digits.test.ts",
  "tests/demos/benchmark.test.ts",
  "tests/demos/resume.test.ts",
  "tests/demos/words.test.ts",
  "tests/demos/augmentation.test.ts",
  "tests/demos/predict.test.ts",
  "tests/demos/kmeans.test.ts",
  "tests/package/docs.test.ts",
  "tests/package/set_ups.test.ts",
  "tests/package/checks.test.ts",
  "tests/package/created_projects.test.ts",
  "tests/package/servers.test.ts",
];

/** Test files that kill the GPU process, after which the page has to compile every shader again. */
export const last: readonly string[] = [
  "tests/gpu/scheduler/lost.test.ts",
  "tests/gpu/chaos/faults.test.ts",
];

/**
 * A sequencer that starts these files first, even in a fresh clone, where no earlier run has recorded durations: if a slow
 * file starts last, the other worker stands idle meanwhile. Files that kill the GPU process come last.
 */
export async function longestFirst(): Promise<typeof BaseSequencer> {
  const vitest = await import("vitest/node");
  return class LongestFirst extends vitest.BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      const rank = ({ moduleId }: TestSpecification) => {
        const name = relative(this.ctx.config.root, moduleId).replaceAll("\\", "/");
        const place = longest.indexOf(name);
        return place < 0 ? longest.length + last.indexOf(name) + 1 : place;
      };
      return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
    }
  };
}
