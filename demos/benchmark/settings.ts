import * as words from "../words/en/benchmark/page.ts";
import { isLibrary, type LibraryName } from "./frame.ts";

/** Parameters of the address. */
export interface Settings {
  /** Libraries to compare with wgrad, separated by commas: jax, tfjs. */
  readonly beside: string;
  /** A regular expression that the names of workloads must match. */
  readonly only: string;
  /** Samples of each library. */
  readonly rounds: number;
  /** Target duration of a sample in milliseconds. */
  readonly sampleMs: number;
}

export const defaultSettings: Settings = { beside: "", only: "", rounds: 5, sampleMs: 200 };

/** The libraries named, without wgrad; throws for unknown names. */
export function librariesOf({ beside }: Settings): LibraryName[] {
  const names = beside.split(",").filter((name) => name !== "" && name !== "wgrad");
  return names.map((name) => {
    if (isLibrary(name)) return name;
    throw new Error(words.besideExpectedJaxTfjsOr(beside, name));
  });
}

/** Throws for invalid settings. */
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
