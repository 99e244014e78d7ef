import type { Engine } from "wgrad";
import { writeAddress } from "../shared/address.ts";
import { settingsChanged, showCode } from "../shared/code.ts";
import { byId } from "../shared/dom.ts";
import type { Experiments } from "../shared/experiments.ts";
import { showFailure } from "../shared/help.ts";
import { STOPPING } from "../shared/jobs.ts";
import { noteAddress } from "../shared/parameters.ts";
import { finish, setProgress, setStatus } from "../shared/state.ts";
import { auto, startByItself } from "../shared/unattended.ts";
import * as words from "../words/en/kernels/page.ts";
import * as common from "../words/en/shared/common.ts";
import { Detail } from "./detail.ts";
import { countChecks, type Entry, type Outcome, runCheck } from "./entries.ts";
import { List, type Mark } from "./list.ts";
import { resultOf } from "./report.ts";
import type { Spoil } from "./spoil.ts";
import { Stopwatch } from "./timing.ts";
import { type Row, verify } from "./verify.ts";
import { VerifyPanel } from "./verify_panel.ts";

const query = new URLSearchParams(location.search);

/** What a page shows: all of the library, or the kernels of a project. */
export interface Contents {
  readonly entries: readonly Entry[];
  /** The entry that the page opens on. Default: the first. */
  readonly opening?: string;
  /** A program that runs the cases of an entry. */
  program(id: string): string;
  readonly experiments?: Experiments;
}

class Page {
  readonly #start = byId("start") as HTMLButtonElement;
  readonly #stop = byId("stop") as HTMLButtonElement;
  readonly #engine: Engine;
  readonly #contents: Contents;
  readonly #list: List;
  readonly #panel = new VerifyPanel();
  readonly #stopwatch: Stopwatch;
  readonly #outcomes = new Map<Entry, Map<string, Outcome>>();
  #detail: Detail;
  #stopper = new AbortController();
  #working = false;

  constructor(engine: Engine, contents: Contents) {
    const { device, adapter } = engine.gpu;
    const { entries } = contents;
    this.#engine = engine;
    this.#contents = contents;
    this.#stopwatch = new Stopwatch(device, adapter.software);
    this.#list = new List(entries, query.get("only") ?? "", (only) => {
      writeAddress({ only }, { only: "" });
      this.#showMatching();
      this.#label();
    });
    this.#detail = this.#show();
    showCode(() => contents.program(this.#detail.entry.id));
    addEventListener("hashchange", () => {
      this.#detail = this.#show();
    });
    this.#start.addEventListener("click", () => this.verify().catch(showFailure));
    this.#stop.addEventListener("click", () => {
      this.#stopper.abort();
      this.#stop.disabled = true;
      this.#panel.say(STOPPING);
    });
    this.#busy = false;
    const kernels = entries.filter(({ module }) => module).length;
    const cases = countChecks(entries).toLocaleString("en-GB");
    const operations = entries.length - kernels;
    this.#panel.say(words.kernelsOperationsCases(kernels, operations, cases));
  }

  /** Runs the cases of the kernel that is shown. */
  runShown(): void {
    void this.#run(this.#detail.entry, "no").catch(showFailure);
  }

  /** Runs every case of the entries in the list. */
  async verify(): Promise<void> {
    const entries = this.#list.shown;
    const total = countChecks(entries);
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    let [done, failed, drawn] = [0, 0, 0];
    this.#stopper = new AbortController();
    this.#busy = true;
    this.#panel.begin();
    setStatus("running");
    const rows = await verify(entries, this.#stopper.signal, (row) => {
      done += 1;
      failed += row.defects.length ? 1 : 0;
      this.#keep(row.entry, row.name, row);
      if (performance.now() - drawn < 100 && done < total) return;
      drawn = performance.now();
      setProgress(done, total, this.#panel.progress(done, total, failed, seconds()));
    });
    this.#busy = false;
    this.#report(rows, total, seconds());
  }

  #report(rows: readonly Row[], total: number, seconds: number): void {
    const result = resultOf(this.#engine, rows, total, seconds);
    this.#panel.end(result, rows, this.#engine.gpu.adapter.software);
    const { experiments } = this.#contents;
    finish({ ...result, ...(experiments && { experiments: experiments.findings }) });
    if (result.failed) setStatus("error");
  }

  async #run(entry: Entry, spoil: Spoil): Promise<void> {
    this.#stopper = new AbortController();
    const { signal } = this.#stopper;
    this.#busy = true;
    setStatus("running");
    for (const check of entry.checks) {
      if (!signal.aborted) this.#keep(entry, check.name, await runCheck(check, spoil));
    }
    if (signal.aborted) this.#panel.say(common.stopped);
    this.#busy = false;
    setStatus("ready");
  }

  async #time({ module }: Entry): Promise<void> {
    const detail = this.#detail;
    if (!module) return;
    this.#busy = true;
    setStatus("running");
    detail.showTiming(words.timing);
    try {
      detail.showTiming(await this.#stopwatch.time(module));
    } catch (error) {
      detail.showTiming(
        words.couldNotBeTimed(error instanceof Error ? error.message : String(error)),
      );
    }
    this.#busy = false;
    setStatus("ready");
  }

  #keep(entry: Entry, name: string, outcome: Outcome): void {
    const all = this.#outcomes.get(entry) ?? new Map<string, Outcome>();
    this.#outcomes.set(entry, all.set(name, outcome));
    this.#list.mark(entry, markOf(entry, all));
    if (this.#detail.entry === entry) this.#detail.draw(all);
  }

  /** Shows the first entry found, if the search hides the one that is shown. */
  #showMatching(): void {
    const { shown } = this.#list;
    const [first] = shown;
    if (!first || shown.includes(this.#detail.entry)) return;
    history.replaceState(history.state, "", `#${first.id}`);
    this.#detail = this.#show();
  }

  /** Resets the cases of this entry to "not run". */
  #forget(entry: Entry): void {
    this.#outcomes.delete(entry);
    this.#list.mark(entry, "none");
    if (this.#detail.entry === entry) this.#detail.draw(new Map());
  }

  /** The entry named in the address; else the default one if nothing is searched for, or the first in the list. */
  #show(): Detail {
    const id = decoded(location.hash.slice(1));
    const { entries, opening = "" } = this.#contents;
    const [first] = this.#list.shown.length ? this.#list.shown : entries;
    const named = (name: string) => entries.find((each) => each.id === name);
    const entry = named(id) ?? (this.#list.filtered ? first : (named(opening) ?? first));
    if (!entry) throw new Error("there is no kernel to show");
    if (id !== "" && !named(id)) noteAddress([words.noSuchKernel(id, entry.id)]);
    const wishes = {
      run: (each: Entry, spoil: Spoil) => void this.#run(each, spoil).catch(showFailure),
      forget: (each: Entry) => this.#forget(each),
      time: (each: Entry) => void this.#time(each).catch(showFailure),
    };
    const detail = new Detail(entry, wishes);
    detail.draw(this.#outcomes.get(entry) ?? new Map());
    detail.busy = this.#working;
    this.#list.select(entry.id);
    queueMicrotask(settingsChanged); // once the detail has been replaced
    return detail;
  }

  set #busy(busy: boolean) {
    this.#working = busy;
    this.#start.disabled = busy;
    this.#stop.disabled = !busy;
    this.#detail.busy = busy;
    this.#label();
  }

  #label(): void {
    const count = countChecks(this.#list.shown).toLocaleString("en-GB");
    this.#start.textContent = this.#list.filtered ? words.verifyCases(count) : words.verifyAll;
    this.#start.disabled = this.#working || count === "0";
  }
}

/** A part of the address; as it stands if it is badly encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function markOf({ checks }: Entry, outcomes: ReadonlyMap<string, Outcome>): Mark {
  if ([...outcomes.values()].some(({ defects }) => defects.length)) return "failed";
  return outcomes.size === checks.length ? "passed" : "some";
}

/** Builds the page and does the work named in the address. */
export async function browse(engine: Engine, contents: Contents): Promise<void> {
  const page = new Page(engine, contents);
  setStatus("ready");
  setProgress(0, 1, "ready");
  startByItself(() => page.runShown());
  if (!auto) return;
  await contents.experiments?.rehearse();
  await page.verify();
}
