import { fill } from "../kernels/elementwise/fill.ts";
import { normal } from "../kernels/random/normal.ts";
import { uniform } from "../kernels/random/uniform.ts";
import { fans } from "../nn/init.ts";
import type { AnyModule } from "../nn/module/module.ts";
import { drawn } from "../ops/random/random.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Sets every element of a parameter to a value: torch.nn.init.constant_. */
export function setConstant(p: Tensor | undefined, value: number): void {
  if (p) run(fill, {}, { shape: p.shape, value }, { y: p });
}

/** Fills a parameter from a normal distribution with mean 0: torch.nn.init.normal_. */
export function setNormal(p: Tensor | undefined, std: number): void {
  if (p) run(normal, {}, drawn({ shape: p.shape, mean: 0, std }), { y: p });
}

/** Fills a parameter uniformly from [−bound, bound): torch.nn.init.uniform_. */
export function setUniform(p: Tensor | undefined, bound: number): void {
  if (p) run(uniform, {}, drawn({ shape: p.shape, low: -bound, high: bound }), { y: p });
}

/**
 * Fills a parameter from a normal distribution with variance 2 / fan, for ReLU (He et al. 2015):
 * torch.nn.init.kaiming_normal_.
 */
export function setKaimingNormal(p: Tensor | undefined, mode: "fanIn" | "fanOut"): void {
  if (p) setNormal(p, Math.sqrt(2 / fans(p.shape)[mode]));
}

/** Fills a parameter uniformly with variance 2 / fanIn, for ReLU (He et al. 2015): torch.nn.init.kaiming_uniform_. */
export function setKaimingUniform(p: Tensor | undefined): void {
  if (p) setUniform(p, Math.sqrt(6 / fans(p.shape).fanIn));
}

/** Layers of a model with a given class, in order. */
export function layersOf<M extends AnyModule>(
  model: AnyModule,
  kind: abstract new (...args: never[]) => M,
): M[] {
  return model.namedModules().flatMap(([, module]) => (module instanceof kind ? [module] : []));
}
