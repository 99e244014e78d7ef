import type { Point, SurfaceName } from "./surfaces.ts";

/** Optimisers by racer: their class, and their options beside the learning rate. */
const makers: Readonly<Record<string, readonly [name: string, options: string]>> = {
  SGD: ["SGD", ""],
  Momentum: ["SGD", ", momentum: 0.9"],
  Nesterov: ["SGD", ", momentum: 0.9, nesterov: true"],
  AMSGrad: ["Adam", ", amsgrad: true"],
  Newton: ["Newton", ""],
  BFGS: ["BFGS", ""],
  "L-BFGS": ["LBFGS", ', historySize: 10, lineSearch: "strongWolfe"'],
  "Conjugate gradients": ["NonlinearCG", ""],
  "CG, Fletcher–Reeves": ["NonlinearCG", ', formula: "fletcherReeves"'],
};

/** The surfaces' losses of x and y; a test compares them with those of the race. */
const losses: Readonly<Record<SurfaceName, readonly [code: string, names: string]>> = {
  rosenbrock: [
    `const valley = affine(square(sub(y, square(x))), { factor: 100 }); // 100·(y − x²)²
  return add(valley, square(affine(x, { factor: -1, shift: 1 })));`,
    "add, affine, init, square, sub, tensor",
  ],
  beale: [
    `const powers = [y, square(y), mul(square(y), y)];
  const [a, b, c] = powers.map((p) => mul(x, affine(p, { shift: -1 }))); // x·(p − 1)
  return add(add(square(add(a, 1.5)), square(add(b, 2.25))), square(add(c, 2.625)));`,
    "add, affine, init, mul, square, tensor",
  ],
  himmelblau: [
    `const first = square(add(add(square(x), y), -11)); // (x² + y − 11)²
  return add(first, square(add(add(x, square(y)), -7)));`,
    "add, init, square, tensor",
  ],
  saddle: [
    `const bowl = affine(square(x), { factor: 0.5 }); // x²/2
  return add(bowl, affine(square(affine(square(y), { shift: -1 })), { factor: 0.25 }));`,
    "add, affine, init, square, tensor",
  ],
};

export interface Racing {
  readonly surface: SurfaceName;
  readonly start: Point;
  readonly steps: number;
  /** The racer to write the program for. */
  readonly racer: { readonly name: string; readonly order: 1 | 2 };
  readonly lr: number;
}

/** Source of a program that runs one racer. */
export function program({ surface, start, steps, racer, lr }: Racing): string {
  const [loss, names] = losses[surface];
  const [maker, more] = makers[racer.name] ?? [racer.name, ""];
  const [x, y] = start.map((value) => Number(value.toPrecision(6)));
  const used = racer.order === 1 ? [...names.split(", "), "scope"].sort().join(", ") : names;
  const descend = racer.order === 1 ? first(maker, lr, more) : second(maker, more);
  return `import { ${used} } from "wgrad";
import { ${maker} } from "wgrad/optim";

await init();
const x = tensor([${x}], { requiresGrad: true });
const y = tensor([${y}], { requiresGrad: true });
const lossOf = () => {
  ${loss}
};
${descend.replaceAll("STEPS", String(steps))}
console.log("x", await x.item(), "y", await y.item(), "loss", await lossOf().item());
`;
}

function first(maker: string, lr: number, more: string): string {
  return `const optimizer = new ${maker}([x, y], { lr: ${Number(lr.toPrecision(2))}${more} });
for (let step = 0; step < STEPS; step++) {
  scope(() => {
    optimizer.zeroGrad();
    lossOf().backward();
    optimizer.step();
  });
}`;
}

/** An iteration of these calls the loss as often as its line search needs. */
function second(maker: string, more: string): string {
  return `const once = { maxIter: 1, maxEval: 30, toleranceGrad: 0, toleranceChange: 0 };
const optimizer = new ${maker}([x, y], { ...once${more} });
for (let step = 0; step < STEPS; step++) {
  await optimizer.step(() => {
    optimizer.zeroGrad();
    const loss = lossOf();
    loss.backward();
    return loss;
  });
  if (optimizer.report?.stopped === "line search") break; // no step improves any more
}`;
}
