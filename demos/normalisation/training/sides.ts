import * as words from "../../words/en/normalisation/training.ts";
import * as common from "../../words/en/shared/common.ts";
import { norms } from "../norms.ts";
import type { Between } from "../settings.ts";

/** The two networks compared: their colours, and the setting that names the norm of each. */
export const sides = [
  { setting: "first", colour: "blue", dash: [] },
  { setting: "second", colour: "orange", dash: [8, 4] },
] as const;

/** Choices for the norm between two convolutions. */
export const betweens: Readonly<Record<Between, string>> = {
  none: common.none,
  batch: norms.batch.name,
  group: words.groupNorm2Groups,
  instance: norms.instance.name,
  layer: norms.layer.name,
  rms: norms.rms.name,
};
