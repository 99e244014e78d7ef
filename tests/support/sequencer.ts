import { basename } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files of the demos lane that take longest, the longest first: a fresh clone has no times of its own, and a long file that comes
 * last leaves the other browser without work.
 */
const LONGEST = [
  ...["docs", "normalisation", "set_ups", "resume", "package_checks", "augmentation", "resnet"],
  ...["kmeans", "digits", "benchmark", "runner", "predict", "created_projects", "offline"],
];

const place = ({ moduleId }: TestSpecification): number => {
  const at = LONGEST.indexOf(basename(moduleId, ".test.ts"));
  return at < 0 ? LONGEST.length : at;
};

/** Begins with what takes longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    if (sorted.some(({ project }) => project.name !== "demos")) return sorted;
    return sorted.sort((a, b) => place(a) - place(b));
  }
}
