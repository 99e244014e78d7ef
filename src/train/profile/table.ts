import { columns } from "../columns.ts";
import type { Profile } from "./profile.ts";
import type { LayerTotal, Total } from "./totals.ts";

/** Label of dispatches outside all layers. */
export const OUTSIDE = "(outside of layers)";

/** Describes the measurement and its reliability in sentences. */
export function describeProfile(profile: Profile): string[] {
  const { adapter, by, clock, milliseconds, error, dispatches, repetitions, kept, tick } = profile;
  const lines = [
    adapter.software
      ? `${adapter.name}: a software adapter. These are times of a CPU, not of a GPU.`
      : adapter.name,
  ];
  if (by === "timestamps") {
    const rate = milliseconds > 0 ? `, ${figure(profile.flops / milliseconds / 1e6)} GFLOP/s` : "";
    lines.push(
      `A step: ${figure(milliseconds)}${plusMinus(error)} ms in ${dispatches.length} dispatches${rate}; ` +
        `${figure(profile.gaps)} ms between them.`,
      `By the adapter's timestamps, ${tickWords(tick)}: means over ${of(kept, repetitions)}. ` +
        "Every dispatch has a pass of its own here, which costs time between them.",
    );
  } else {
    lines.push(
      "The adapter has no timestamp-query: only whole steps are timed, by the clock; kernels and layers cannot be.",
    );
  }
  if (clock) {
    const { milliseconds: ms, low, high, steps } = clock;
    lines.push(
      `By the clock, without timestamps: ${figure(ms)} ms a step, the host's work included ` +
        `(median of ${steps} steps; half of them took ${figure(low)} to ${figure(high)}).`,
    );
  }
  return lines;
}

/** These sentences, then kernels and layers, longest first, in columns. */
export function tableOf(profile: Profile): string {
  const lines = describeProfile(profile);
  if (profile.by === "clock") return lines.join("\n");
  const share = profile.kernels.some(({ roofline }) => roofline) ? ["of roofline", "bound by"] : [];
  const head = ["calls", "ms", "± ms", "share", "GFLOP/s", "GB/s", ...share];
  const { phases, kernels, layers } = profile;
  const layerHead = ["layer", ...head, "forward", "backward", "optimizer"];
  return [
    ...lines,
    "",
    ...columns([["phase", ...head], ...phases.map(cells)]),
    "",
    ...columns([["kernel", ...head], ...kernels.map(cells)]),
    "",
    ...columns([layerHead, ...layers.map(layerCells)]),
  ].join("\n");
}

function cells({ name, calls, milliseconds, error, share, gflops, ...rest }: Total): string[] {
  const { bandwidth, roofline } = rest;
  return [
    name || OUTSIDE,
    String(calls),
    milliseconds.toFixed(3),
    Number.isNaN(error) ? "–" : error.toFixed(3),
    `${(100 * share).toFixed(1)} %`,
    gflops > 0 ? figure(gflops) : "–",
    bandwidth > 0 ? figure(bandwidth) : "–",
    ...(roofline ? [`${(100 * roofline.share).toFixed(0)} %`, roofline.bound] : []),
  ];
}

function layerCells(layer: LayerTotal): string[] {
  const { forward, backward, optimizer } = layer.phases;
  return [...cells(layer), ...[forward, backward, optimizer].map((ms) => ms.toFixed(3))];
}

function of(kept: number, repetitions: number): string {
  if (kept === repetitions) return `${kept} repetitions`;
  return `${kept} of ${repetitions} repetitions, the middle half by their total`;
}

function tickWords(tick: number): string {
  return tick > 0 ? `which are multiples of ${figure(tick)} ms` : "which are finer than the times";
}

function plusMinus(error: number): string {
  return Number.isNaN(error) ? "" : ` ± ${figure(error)}`;
}

/** Formats with three significant digits, without an exponent. */
function figure(value: number): string {
  const digits = value > 0 ? Math.max(0, 2 - Math.floor(Math.log10(value))) : 0;
  return value.toFixed(Math.min(digits, 6));
}
