/** Errors after which the page cannot go on. */
const FATAL: readonly string[] = ["DeviceLostError", "OutOfMemoryError", "ShaderError"];

/** The message for the visitor; throws the error if the page cannot go on. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || FATAL.includes(error.name)) throw error;
  return /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
}
