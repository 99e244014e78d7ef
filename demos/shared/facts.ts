import { make } from "./dom.ts";

/** Replaces a host's content by named numbers, for one of the two runs of an experiment. */
export function facts(
  host: HTMLElement | undefined,
  named: Readonly<Record<string, string>>,
): void {
  const entries = Object.entries(named).map(([name, text]) =>
    make("div", {}, make("dt", { text: name }), make("dd", { text })),
  );
  host?.append(make("dl", { class: "facts" }, ...entries));
}
