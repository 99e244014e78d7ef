export const noSuchKernel = (id: string, shown: string) =>
  `#${id}: there is no such kernel. The page shows ${shown}.`;
export const kernelsOperationsCases = (kernels: number, operations: number, cases: string) =>
  `${kernels} ${kernels === 1 ? "kernel" : "kernels"}, ${operations ? `${operations} operations, ` : ""}${cases} cases.`;
export const partOfName = "part of a name";
export const timing = "Timing …";
export const couldNotBeTimed = (reason: string) => `It could not be timed: ${reason}`;
export const verifyCases = (count: string) => `Verify ${count} cases`;
export const verifyAll = "Verify all";
export const caseHeading = "Case";
export const result = "Result";
export const absolute = "Absolute";
export const relative = "Relative";
export const elements = "Elements";
export const largestErrorsAgainst =
  "Largest errors against the float64 reference. A ULP is a unit in the last place of f32; an element below 1/1024 of the largest counts as that large.";
export const cases = "Cases";
export const notRun = "not run";
export const inCaseChosen = (workgroups: string | undefined) =>
  `${workgroups} ${workgroups === "1" ? "workgroup" : "workgroups"} in the case chosen.`;
export const whatIsGiven = "Inputs and parameters";
export const binding = "Binding";
export const name = "Name";
export const access = "Access";
export const type = "Type";
export const shape = "Shape";
export const inThisCase = "In this case";
export const slot = "Slot";
export const filledWith = "Filled with";
export const override = "Override";
export const parameter = "Parameter";
export const meaning = "Meaning";
export const fileForSlot = (slot: string) => `File for slot ${slot}`;
export const copyAllOf = "Copy all of it";
export const copied = "Copied";
export const compareWith = "Compare with ";
export const itsCase = "its case";
export const itsCases = (checks: number) => `its ${checks} cases`;
export const run = (count: string) => `Run ${count}`;
export const time = "Time it";
export const publicOperationResultIs =
  "A public operation. Its result is compared with float64, its gradients with central differences of that.";
export const someCasesPassed = "some cases passed";
export const allCasesPassed = "all cases passed";
export const nothingHasThatName = "Nothing has that name.";
export const casesOfKernel = (checks: number) => `${checks} cases`;
export const kernels = "Kernels";
export const readEveryWgslKernelCheck =
  "Read every WGSL kernel, check it on your GPU against float64, and time it against what the card can do.";
export const kernelsFormulaCasesWith =
  "A kernel's formula, its cases with their errors, and its shader, beside the list of all kernels";
export const wgradKernelsVerifiedOf = (
  passed: number,
  cases: number,
  failed: number,
  seconds: string,
  complete: boolean,
  adapterName: string,
  software: boolean,
  browser: string,
  features: string,
  toISOString: string,
  families: string,
  wrong: string,
  limits: string,
) => `# wgrad kernels, verified

${passed} of ${cases} cases passed, ${failed} failed, in ${seconds}${complete ? "" : " (stopped early)"}.

- Adapter: ${adapterName}${software ? " (software: computed on the CPU)" : ""}
- Browser: ${browser}
- Features: ${features || "none"}
- Date: ${toISOString}

## Worst errors by family

Against float64 references, of the cases that passed. A ulp is a unit in the last place of f32. Elements below 1/1024 of
the largest of their tensor count as that large.

| family | cases | failed | absolute | relative | ulp |
|---|---:|---:|---:|---:|---:|
${families}

## Failures

${wrong || "None.\n"}
## Limits

| limit | value |
|---|---:|
${limits}
`;
export const trueReference = "the true reference";
export const oneNumberWrongBy1 = "one number wrong by 1 %";
export const oneNan = "one NaN";
export const boundBy = (bound: string) => `bound by ${bound}`;
export const gpusOwnTimestamps = "the GPU's own timestamps";
export const theClock = "the clock";
export const copyReachesGbSHere = (bandwidth: string, gflops: string, by: string) =>
  `A copy reaches ${bandwidth} GB/s here and a loop of multiply-adds ${gflops} GFLOP/s; the share is of whichever bounds the kernel, by ${by}. Data that fits a cache can pass 100 %.`;
export const softwareAdapterTheseAre =
  "Software adapter: these are times of your CPU, not of a GPU.";
export const inputsAreTooLargeFor = (left: number) => `${left} inputs are too large for it.`;
export const timeTitle = "Time";
export const input = "Input";
export const ofRoofline = "Of the roofline";
export const boundByHeading = "Bound by";
export const family = "Family";
export const failedHeading = "Failed";
export const caseFailed = "✗ failed";
export const casePassed = "✓ passed";
export const failedMark = "failed";
export const casesDone = (done: string, total: string, failed: number, left?: string) =>
  `${done} of ${total} cases${failed > 0 ? `, ${failed} failed` : ""}${left ? `, ${left} left` : ""}`;
export const verified = (
  {
    cases,
    passed,
    failed,
    complete,
  }: Readonly<Record<"cases" | "passed" | "failed", number>> & { readonly complete: boolean },
  seconds: string,
  software: boolean,
) =>
  `${failed > 0 ? `✗ ${failed} of ${cases} cases failed` : `✓ All ${passed} cases passed`} in ${seconds}${software ? " on your CPU (software adapter)" : ""}${complete ? "" : ", stopped early"}.`;
export const yourKernels = "Your kernels";
export const kernelsOfThisProject =
  "The kernels of this project: read them, check them on your GPU against float64 within their tolerance, time them against what the card can do.";
