import * as words from "../words/en/benchmark/page.ts";
import { isLibrary, type LibraryName } from "./frame.ts";

/** What the address may say. */
export interface Settings {
  /** Libraries beside wgrad, separated by commas: jax, tfjs. */
  readonly beside: string;
  /** A regular expression the names of workloads must match. */
  readonly only: string;
  /** Samples of each library. */
  readonly rounds: number;
  /** Milliseconds a sample should take. */
  readonly sampleMs: number;
}

export const defaultSettings: Settings = { beside: "", only: "", rounds: 5, sampleMs: 200 };

/** The libraries named, without wgrad; throws for names there are not. */
export function librariesOf({ beside }: Settings): LibraryName[] {
  const names = beside.split(",").filter((name) => name !== "" && name !== "wgrad");
  return names.map((name) => {
    if (isLibrary(name)) return name;
    throw new Error(words.besideExpectedJaxTfjsOr(beside, name));
  });
}

/** Throws for settings that cannot be. */
export function checkSettings(settings: Settings): Settings {
  librariesOf(settings);
  try {
    new RegExp(settings.only);
  } catch {
    throw new Error(words.onlyExpectedRegular(settings.only));
  }
  for (const name of ["rounds", "sampleMs"] as const) {
    if (Number.isInteger(settings[name]) && settings[name] > 0) continue;
    throw new Error(words.expectedPositiveWhole(name, settings[name]));
  }
  return settings;
}
