import * as words from "../words/en/benchmark/page.ts";
import { type NetName, netOf } from "./nets.ts";

/** A computation and its sizes. */
export type Spec =
  | { readonly kind: "train"; readonly net: NetName; readonly batch: number }
  | { readonly kind: "matmul"; readonly m: number; readonly n: number; readonly k: number }
  | ConvSpec
  | { readonly kind: "batchNorm"; readonly shape: readonly [number, number, number, number] }
  | { readonly kind: "layerNorm"; readonly rows: number; readonly columns: number }
  | { readonly kind: "crossEntropy"; readonly rows: number; readonly columns: number }
  | { readonly kind: "geluChain"; readonly count: number }
  | { readonly kind: "sum"; readonly count: number }
  | { readonly kind: "adam"; readonly tensors: number; readonly each: number };

export interface ConvSpec {
  readonly kind: "conv" | "convGradients";
  readonly n: number;
  readonly c: number;
  /** Height and width of the image; padding keeps them. */
  readonly size: number;
  readonly o: number;
  /** Height and width of the kernel. */
  readonly k: number;
  /** Groups: one, or one for each channel (depthwise). */
  readonly depthwise?: boolean;
}

export type SpecOf<Kind extends Spec["kind"]> = Extract<Spec, { kind: Kind }>;

export interface Workload {
  readonly id: string;
  readonly title: string;
  readonly group: "Training steps" | "Matrix products" | "Convolutions" | "The rest of a network";
  readonly spec: Spec;
  /** Floating-point operations of one step. */
  readonly flops: number;
}

/** Training steps; on a software adapter the batches are small. */
function training(software: boolean): Workload[] {
  const step = (net: NetName, title: string, batch: number): Workload => ({
    ...{ id: `train-${net}`, title: words.batch(title, batch), group: words.trainingSteps },
    spec: { kind: "train", net, batch },
    flops: 6 * netOf(net).macs * batch,
  });
  return [
    step("mlp", words.perceptron78425612810, 128),
    step("lenet", words.lenetAdam, 64),
    step("resnet8", words.resnet8WithBatchNorm, software ? 4 : 64),
  ];
}

function matmul(m: number, n: number, k: number): Workload {
  return {
    ...{ id: `matmul-${m}x${n}x${k}`, title: words.k(m, n, k), group: words.matrixProducts },
    spec: { kind: "matmul", m, n, k },
    flops: 2 * m * n * k,
  };
}

/** Forward pass and both gradients. */
function convolution(title: string, sizes: Omit<ConvSpec, "kind">): Workload[] {
  const { n, c, size, o, k, depthwise } = sizes;
  const flops = 2 * n * size ** 2 * o * (depthwise ? 1 : c) * k ** 2;
  const id = `${depthwise ? "depthwise" : "conv"}-${n}x${c}x${size}-${k}x${k}-${o}`;
  const group = words.convolutions;
  return [
    { id, title, group, spec: { kind: "conv", ...sizes }, flops },
    {
      ...{ id: `${id}-gradients`, title: words.bothGradients(title), group },
      spec: { kind: "convGradients", ...sizes },
      flops: 2 * flops,
    },
  ];
}

const rest: readonly Workload[] = [
  {
    ...{ id: "batchnorm", title: words.batchNorm86432 },
    group: words.restOfNetwork,
    spec: { kind: "batchNorm", shape: [8, 64, 32, 32] },
    flops: 16 * 8 * 64 * 32 * 32,
  },
  {
    ...{ id: "layernorm", title: words.layerNorm512768Forward },
    group: words.restOfNetwork,
    spec: { kind: "layerNorm", rows: 512, columns: 768 },
    flops: 16 * 512 * 768,
  },
  {
    ...{ id: "crossentropy", title: words.softmaxCrossEntropy5121000 },
    group: words.restOfNetwork,
    spec: { kind: "crossEntropy", rows: 512, columns: 1000 },
    flops: 8 * 512 * 1000,
  },
  {
    ...{ id: "gelu", title: words.geluXB1M, group: words.restOfNetwork },
    spec: { kind: "geluChain", count: 2 ** 20 },
    flops: 10 * 2 ** 20,
  },
  {
    ...{ id: "sum", title: words.sumOf4M, group: words.restOfNetwork },
    spec: { kind: "sum", count: 2 ** 22 },
    flops: 2 ** 22,
  },
  {
    ...{ id: "adam", title: words.adam1MParametersIn, group: words.restOfNetwork },
    spec: { kind: "adam", tensors: 50, each: 20_000 },
    flops: 12e6,
  },
];

/** All workloads that can be measured. */
export function workloads(software: boolean): Workload[] {
  const wide = { n: 8, c: 64, size: 16, o: 64, k: 3 };
  return [
    ...training(software),
    matmul(256, 256, 256),
    matmul(512, 512, 512),
    matmul(1024, 1024, 1024),
    matmul(64, 64, 4096),
    matmul(1, 1024, 1024),
    matmul(1000, 10, 784),
    ...convolution("3×3, 8×64×16×16 → 64", wide),
    ...convolution("3×3, 8×16×32×32 → 16", { ...wide, c: 16, size: 32, o: 16 }),
    ...convolution("1×1, 1×64×56×56 → 256", { n: 1, c: 64, size: 56, o: 256, k: 1 }),
    ...convolution(words.depthwise33832, {
      ...{ n: 8, c: 32, size: 32, o: 32, k: 3, depthwise: true },
    }),
    ...rest,
  ];
}
