import * as words from "../words/en/shared/page.ts";
import { make } from "./dom.ts";

/**
 * `settings`, overridden by the page's address, `?width=16&shortcut=false`, and checked: `check` throws for invalid
 * values. Each such value is ignored, and named with its reason below the masthead. Unknown names are ignored.
 */
export function withParameters<S extends object, T>(
  settings: S,
  check: (given: S) => T,
  query = new URLSearchParams(location.search),
): T {
  let taken = settings;
  const reasons: string[] = [];
  for (const [name, value] of Object.entries(settings)) {
    const text = query.get(name);
    if (text === null) continue;
    try {
      const more = { ...taken, [name]: parse(name, text, value) };
      check(more);
      taken = more;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      reasons.push(words.pageGoesOnWith(reason, shown(value)));
    }
  }
  if (reasons.length > 0) noteAddress(reasons);
  return check(taken);
}

/** A default in words; undefined if it is empty or long. */
function shown(value: unknown): string {
  const text = String(value);
  return text === "" || text.length > 40 ? words.itsOwn : text;
}

/** Says below the masthead what is invalid in the address. */
export function noteAddress(reasons: readonly string[]): void {
  const lines = reasons.map((text) => make("p", { text }));
  const box = make("div", { class: "note", attributes: { id: "address-note", role: "status" } });
  box.append(...lines);
  document.getElementById("address-note")?.remove();
  document.querySelector(".masthead")?.after(box);
}

function parse(name: string, text: string, like: unknown): unknown {
  if (typeof like === "number") {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value)) return value;
    throw new Error(words.expectedNumber(name, text));
  }
  if (typeof like === "boolean") {
    if (text === "true" || text === "1") return true;
    if (text === "false" || text === "0") return false;
    throw new Error(words.expectedTrueOrFalse(name, text));
  }
  return text;
}
