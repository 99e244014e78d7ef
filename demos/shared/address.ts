import * as words from "../words/en/shared/page.ts";
import { settingsChanged } from "./code.ts";
import { make } from "./dom.ts";

export type Parameters = Readonly<Record<string, string | number | boolean>>;

/** Browsers refuse more than 100 changes of the address within 30 s. */
const WAIT_MS = 350;

const waiting = new Map<string, string | undefined>();
let timer: ReturnType<typeof setTimeout> | undefined;

// After a return to the page, only its address has the settings. `beforeunload` is the last event at which the browser
// stores a changed address in the history; the others precede freezing and discarding.
for (const event of ["visibilitychange", "freeze"]) document.addEventListener(event, flushAddress);
for (const event of ["beforeunload", "pagehide"]) addEventListener(event, flushAddress);

/** Writes settings into the page's address soon; defaults are left out, other parameters stay. */
export function writeAddress(settings: Parameters, usual: Parameters): void {
  for (const [name, value] of Object.entries(settings)) {
    const text = textOf(value);
    waiting.set(name, text === textOf(usual[name] ?? "") ? undefined : text);
  }
  timer ??= setTimeout(flushAddress, WAIT_MS);
  settingsChanged();
}

/**
 * A proxy of `settings` that writes changes into the page's address, under the names of `asParameters` or their own
 * names.
 */
export function inAddress<S extends object>(
  settings: S,
  usual: Parameters,
  asParameters: (settings: S) => Parameters = (all) => ({ ...all }) as Parameters,
): S {
  return new Proxy(settings, {
    set(target, name, value) {
      const taken = Reflect.set(target, name, value);
      writeAddress(asParameters(target), usual);
      return taken;
    },
  });
}

/** Adds a button to the masthead that copies the address with all settings. */
export function addCopyLink(): void {
  const host = document.querySelector(".where");
  if (!host) return;
  const button = make("button", {
    class: "link",
    text: words.copyLink,
    title: words.addressOfThisPageWith,
    attributes: { type: "button", id: "copy-link" },
  });
  const said = make("span", { attributes: { role: "status" } });
  button.addEventListener("click", async () => {
    flushAddress();
    said.textContent = await navigator.clipboard.writeText(location.href).then(
      () => words.linkCopied,
      () => words.copyTheAddress,
    );
  });
  host.append(" · ", button, said);
}

/** Writes all waiting settings now. */
export function flushAddress(): void {
  clearTimeout(timer);
  timer = undefined;
  const address = new URL(location.href);
  for (const [name, text] of waiting) {
    if (text === undefined) address.searchParams.delete(name);
    else address.searchParams.set(name, text);
  }
  waiting.clear();
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

/** A number rounded to hide errors of binary fractions. */
function textOf(value: string | number | boolean): string {
  return String(typeof value === "number" ? Number(value.toPrecision(6)) : value);
}
