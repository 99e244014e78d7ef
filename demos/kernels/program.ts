/** Source of a program that runs the cases of the entry shown; `id` as in the address. */
export function program(id: string): string {
  const operation = id.startsWith("op/");
  const name = operation ? id.slice(3) : id;
  if (operation) {
    return `import { init } from "wgrad";
import { allOps, reportOpCase } from "wgrad/testing";

await init();
for (const { cases } of allOps().filter(({ name }) => name === "${name}")) {
  for (const each of cases) {
    const { defects, worst } = await reportOpCase(each); // its values, and its gradients
    console.log(each.name, defects.length === 0 ? "passed" : defects, worst);
  }
}
`;
  }
  return `import { init } from "wgrad";
import { allKernels, reportCase } from "wgrad/testing";

const { gpu } = await init();
for (const { module } of allKernels().filter(({ name }) => name === "${name}")) {
  for (const each of module.cases) {
    const { defects, worst } = await reportCase(gpu.device, module, each); // compares with the float64 reference
    console.log(each.name, defects.length === 0 ? "passed" : defects, worst);
  }
}
`;
}

/** The same for a kernel of a project's own. */
export function ownProgram(name: string): string {
  return `import { init } from "wgrad";
import { reportCase } from "wgrad/testing";
import { kernels } from "./your_kernels.ts"; // what showKernels was given

const { gpu } = await init();
const module = kernels["${name}"];
for (const each of module.cases) {
  const { defects, worst } = await reportCase(gpu.device, module, each); // against its reference in float64
  console.log(each.name, defects.length === 0 ? "passed" : defects, worst);
}
`;
}
