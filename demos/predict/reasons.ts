/** Errors after which nothing on the page can go on. */
const FATAL: readonly string[] = ["DeviceLostError", "OutOfMemoryError", "ShaderError"];

/** What went wrong, for the visitor; throws it if the page cannot go on. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || FATAL.includes(error.name)) throw error;
  return /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
}
