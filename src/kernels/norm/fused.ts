import type { Shape } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import {
  type Act,
  type ActivationTwin,
  activationOf,
  activations,
} from "../elementwise/activations.ts";
import type { HostTensor } from "../kernel.ts";
import { type NormGrouping, xhatAt } from "./geometry.ts";

/** A norm and the activation after it. */
export interface NormActOptions extends Coarse {
  /** Which elements share statistics: the kind of norm, with its groups or axes. */
  readonly norm: NormGrouping;
  /** The activation. Default "identity". */
  readonly act?: Act | undefined;
}

/** The slot for γ and β, depending on which are given. */
export function affineSlot(
  gamma: Shape | undefined,
  beta: Shape | undefined,
): "none" | "scale" | "shift" | "scale_shift" {
  if (gamma) return beta ? "scale_shift" : "scale";
  return beta ? "shift" : "none";
}

/** Value and derivative of an activation with its parameters. */
export function twinOf(act: Act | undefined): ActivationTwin {
  const { act: name, ...parameters } = activationOf(act);
  const { value, grad } = activations[name];
  return { value: (x) => value(x, parameters), grad: (x) => grad(x, parameters) };
}

/** The inputs of z = γ·x̂ + β + residual. */
interface PreActivation {
  readonly x: HostTensor;
  readonly stats: HostTensor;
  readonly gamma?: HostTensor;
  readonly beta?: HostTensor;
  readonly residual?: HostTensor;
}

/** z of element `i` in `row` and `channel`. */
export function preActivation(
  { x, stats, gamma, beta, residual }: PreActivation,
  i: number,
  row: number,
  channel: number,
): number {
  const scaled = xhatAt(x, stats, i, row) * (gamma?.data[channel] ?? 1);
  return scaled + (beta?.data[channel] ?? 0) + (residual?.data[i] ?? 0);
}
