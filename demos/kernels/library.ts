import type { Engine } from "wgrad";
import { allKernels, allOps, reportOpCase } from "wgrad/testing";
import { Experiments } from "../shared/experiments.ts";
import { Jobs } from "../shared/jobs.ts";
import type { Contents } from "./browse.ts";
import { kernelEntries } from "./entries.ts";
import { experiments } from "./experiments.ts";
import { program } from "./program.ts";

/** All kernels and operations of the library, kernels first. */
export function library({ gpu: { device } }: Engine): Contents {
  const jobs = new Jobs(() => {});
  const operations = allOps().map(({ name, family, cases }) => ({
    ...{ id: `op/${name}`, title: name, family, folder: "" },
    checks: cases.map((each) => ({ name: each.name, run: () => reportOpCase(each) })),
  }));
  return {
    entries: [...kernelEntries(device, allKernels(), "shaders/"), ...operations],
    opening: "softmax/softmax", // short, and everyone who trains networks has met it
    program,
    experiments: new Experiments(experiments, (work) => jobs.run("experiment", work)),
  };
}
