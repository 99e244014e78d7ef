import * as words from "../words/en/predict/page.ts";

/** What the address may set: looks at a picture, whose median time is shown, and steps of a training. */
export const defaultSettings = { rounds: 5, steps: 120 };
export type Settings = typeof defaultSettings;

/** Throws for settings that cannot be. */
export function checkSettings(settings: Settings): Settings {
  checkWhole("rounds", settings.rounds, 1, 1000);
  checkWhole("steps", settings.steps, 10, 500);
  return settings;
}

function checkWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new Error(words.expectedWholeNumberFromTo(name, value, least, most));
}
