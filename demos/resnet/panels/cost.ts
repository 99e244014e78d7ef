import { byId, make } from "../../shared/dom.ts";
import { bytes, number } from "../../shared/format.ts";
import * as words from "../../words/en/resnet/panels.ts";
import type { PerStep } from "../per_step.ts";

const rows: readonly (readonly [string, (cost: PerStep) => string])[] = [
  [words.submitsToGpu, (cost) => number(cost.submits)],
  [words.kernelDispatches, (cost) => number(cost.dispatches)],
  [words.buffersCreated, (cost) => number(cost.buffersCreated)],
  [words.pipelinesCompiled, (cost) => number(cost.pipelinesCompiled)],
  [words.bindGroupsCreated, (cost) => number(cost.bindGroupsCreated)],
  [words.growthOfMemory, (cost) => bytes(Math.round(cost.memoryGrowth))],
  [words.sentToGpu, (cost) => bytes(Math.round(cost.bytesUploaded))],
  [words.readBack, (cost) => bytes(Math.round(cost.bytesRead))],
];

/** The engine's counters per training step. */
export function showCost(cost: PerStep): void {
  const lines = rows.map(([name, value]) =>
    make("div", {}, make("dt", { text: name }), make("dd", { text: value(cost) })),
  );
  byId("cost").replaceChildren(make("dl", { class: "numbers cost" }, ...lines));
}
