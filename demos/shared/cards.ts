import type { Engine } from "wgrad";
import { Jobs } from "./jobs.ts";
import { finish, setProgress } from "./page.ts";

/** `count` times `Item`. */
type Times<Item, Count extends number, List extends Item[] = []> = List["length"] extends Count
  ? List
  : Times<Item, Count, [...List, Item]>;

export interface Cards<Count extends number> {
  /** Name of the page, in its result. */
  readonly demo: string;
  readonly count: Count;
  /** The page's result, once no card works any more. */
  result(): object;
}

/** Jobs for each card of a page, so that one can answer while another works. */
export function jobsOfCards<Count extends number>(
  { gpu }: Engine,
  { demo, count, result }: Cards<Count>,
): Times<Jobs, Count> {
  const idle = () => {
    if (document.body.dataset.status === "error" || all.some((jobs) => jobs.busy)) return;
    setProgress(1, 1, "done");
    const { name: adapter, software } = gpu.adapter;
    finish({ demo, adapter, software, ...result() });
  };
  const all = Array.from({ length: count }, () => new Jobs(idle));
  return all as Times<Jobs, Count>;
}

/** Lets the buttons be pressed that open a card's settings, which do nothing before the page's program runs. */
export function enableOpeners(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-opens]"))
    button.disabled = false;
}
