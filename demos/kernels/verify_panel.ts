import { byId } from "../shared/dom.ts";
import { download } from "../shared/download.ts";
import { duration } from "../shared/format.ts";
import { TimeLeft } from "../shared/time_left.ts";
import * as words from "../words/en/kernels/page.ts";
import { figure } from "./figure.ts";
import { byFamily, type Result, reportJson, reportMarkdown } from "./report.ts";
import { table } from "./tables.ts";
import type { Row } from "./verify.ts";

/** The bar at the top: progress, time left, result, and the report to download. */
export class VerifyPanel {
  readonly #message = byId("message");
  readonly #bar = byId("progress") as HTMLProgressElement;
  #left = new TimeLeft();
  #report: { readonly result: Result; readonly rows: readonly Row[] } | undefined;

  constructor() {
    byId("json").addEventListener("click", () => {
      if (!this.#report) return;
      const { result, rows } = this.#report;
      download("wgrad-kernels.json", "application/json", reportJson(result, rows));
    });
    byId("markdown").addEventListener("click", () => {
      if (!this.#report) return;
      const { result, rows } = this.#report;
      download("wgrad-kernels.md", "text/markdown", reportMarkdown(result, rows));
    });
  }

  say(message: string): void {
    this.#message.textContent = message;
  }

  begin(): void {
    byId("downloads").hidden = true;
    byId("summary").hidden = true;
    this.#bar.value = 0;
    this.#left = new TimeLeft();
  }

  /** Updates the bar; `seconds` since the start. Returns its text without the time left. */
  progress(done: number, total: number, failed: number, seconds: number): string {
    this.#bar.value = done / total;
    const known = this.#left.at(done, total, seconds);
    const [of, all] = [done.toLocaleString("en-GB"), total.toLocaleString("en-GB")];
    this.say(words.casesDone(of, all, failed, known ? duration(known) : undefined));
    return words.casesDone(of, all, failed);
  }

  end(result: Result, rows: readonly Row[], software: boolean): void {
    this.#report = { result, rows };
    this.say(words.verified(result, duration(result.seconds), software));
    const families = [...byFamily(rows)].map(([name, each]) => [
      `${each.failed ? "✗" : "✓"} ${name}`,
      ...[each.cases, each.failed].map(String),
      ...[each.absolute, each.relative, each.ulp].map(figure),
    ]);
    byId("families").replaceChildren(
      table(
        [words.family, words.cases, words.failedHeading, words.absolute, words.relative, "ULP"],
        families,
        {
          kind: "families",
        },
      ),
    );
    byId("downloads").hidden = false;
    byId("summary").hidden = false;
  }
}
