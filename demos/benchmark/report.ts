import type { Finding } from "../shared/experiments.ts";
import * as words from "../words/en/benchmark/page.ts";
import type { Row } from "./contest.ts";
import { isMeasured, titles } from "./table.ts";

export interface Report {
  readonly adapter: string;
  readonly software: boolean;
  readonly browser: string;
  readonly rows: readonly ReportRow[];
  /** Results of guided experiments, by name. */
  readonly experiments: Readonly<Record<string, Finding>>;
}

export interface ReportRow {
  readonly id: string;
  readonly title: string;
  /** Floating-point operations of a step. */
  readonly flops: number;
  readonly entries: Row["entries"];
}

/** A row of the table as plain JSON; times in milliseconds. */
export function plainRow({ workload, entries }: Row): ReportRow {
  const { id, title, flops } = workload;
  return { id, title, flops, entries };
}

/** The rows as a Markdown table: times, and their ratios to wgrad's. */
export function markdown({ adapter, software }: Report, rows: readonly Row[]): string {
  const first = rows[0];
  if (!first) return "";
  const names = first.entries.map(({ library }) => titles[library]);
  const lines = rows.map(({ workload, entries }) => {
    const own = entries.find(isMeasured)?.ms ?? Number.NaN;
    const cells = entries.map((entry, i) => {
      if (!isMeasured(entry)) return words.failed;
      const ratio = i === 0 ? "" : ` (${(entry.ms / own).toFixed(2)}×)`;
      const { dispatches, submits, peakBytes } = entry.counts;
      const memory = words.megabytes((peakBytes / 1e6).toFixed(1));
      const agrees = entry.agrees ? "" : words.differs;
      return `${entry.ms.toFixed(2)} ms${ratio}${agrees} · ${dispatches} · ${submits} · ${memory}`;
    });
    return `| ${workload.title} | ${cells.join(" | ")} |`;
  });
  return [
    words.medianTimeOfStep(adapter, software),
    "",
    words.oneStepOf(names.join(" | ")),
    `|---|${names.map(() => "---|").join("")}`,
    ...lines,
    "",
  ].join("\n");
}
