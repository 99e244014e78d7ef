import * as words from "../words/en/predict/page.ts";

/** Parameters of the address: how often a picture is classified for its median time, and steps of a training. */
export const defaultSettings = { rounds: 5, steps: 120 };
export type Settings = typeof defaultSettings;

/** Throws for invalid settings. */
export function checkSettings(settings: Settings): Settings {
  checkWhole("rounds", settings.rounds, 1, 1000);
  checkWhole("steps", settings.steps, 10, 500);
  return settings;
}

function checkWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new Error(words.expectedWholeNumberFromTo(name, value, least, most));
}
