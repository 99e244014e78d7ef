import { byId } from "../shared/dom.ts";
import { download } from "../shared/download.ts";
import { duration } from "../shared/format.ts";
import { TimeLeft } from "../shared/time_left.ts";
import { figure } from "./figure.ts";
import { byFamily, type Result, reportJson, reportMarkdown } from "./report.ts";
import { table } from "./tables.ts";
import type { Row } from "./verify.ts";

/** The bar at the top: progress, time left, what came out, the report to take home. */
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

  /** `seconds` since it began. Returns what it says, less the time left. */
  progress(done: number, total: number, failed: number, seconds: number): string {
    this.#bar.value = done / total;
    const known = this.#left.at(done, total, seconds);
    const left = known ? `, ${duration(known)} left` : "";
    const bad = failed ? `, ${failed} failed` : "";
    const text = `${done.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")} cases${bad}`;
    this.say(text + left);
    return text;
  }

  end(result: Result, rows: readonly Row[], software: boolean): void {
    this.#report = { result, rows };
    const { cases, passed, failed, seconds, complete } = result;
    const verdict = failed
      ? `✗ ${failed} of ${cases} cases failed`
      : `✓ All ${passed} cases passed`;
    const stopped = complete ? "" : ", stopped early";
    const where = software ? " on your CPU (software adapter)" : "";
    this.say(`${verdict} in ${duration(seconds)}${where}${stopped}.`);
    const families = [...byFamily(rows)].map(([name, each]) => [
      `${each.failed ? "✗" : "✓"} ${name}`,
      ...[each.cases, each.failed].map(String),
      ...[each.absolute, each.relative, each.ulp].map(figure),
    ]);
    byId("families").replaceChildren(
      table(["Family", "Cases", "Failed", "Absolute", "Relative", "ULP"], families, {
        kind: "families",
      }),
    );
    byId("downloads").hidden = false;
    byId("summary").hidden = false;
  }
}
