import { byId } from "../shared/dom.ts";
import { MOST, type Sample } from "./scene.ts";

/** Number of changes that can be undone. */
const REMEMBERED = 100;

/** The samples on the plane, and their states before each change. */
export class Points {
  readonly #undo = byId("undo") as HTMLButtonElement;
  readonly #changed: () => void;
  readonly #before: (readonly Sample[])[] = [];
  #samples: readonly Sample[] = [];
  /** Whether the last entry of `#before` belongs to the drag in progress. */
  #dragging = false;

  /** `changed` is called after each change but `reset`. */
  constructor(changed: () => void) {
    this.#changed = changed;
    this.#undo.addEventListener("click", () => this.undo());
  }

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  /** Loads other data; the changes before cannot be undone. */
  reset(samples: readonly Sample[]): void {
    this.#samples = samples;
    this.#before.length = 0;
    this.#undo.disabled = true;
  }

  /** Adds a sample; false if there are too many. */
  add(sample: Sample): boolean {
    if (this.#samples.length >= MOST) return false;
    this.#set([...this.#samples, sample]);
    return true;
  }

  remove(index: number): void {
    this.#set(this.#samples.filter((_, i) => i !== index));
  }

  clear(): void {
    if (this.#samples.length > 0) this.#set([]);
  }

  /** A drag is one change, however many moves it has. */
  move(index: number, x: number, y: number, done: boolean): void {
    const moved = this.#samples.map((sample, i) => (i === index ? { ...sample, x, y } : sample));
    if (this.#dragging) {
      this.#samples = moved;
      this.#changed();
    } else this.#set(moved);
    this.#dragging = !done;
  }

  undo(): void {
    const before = this.#before.pop();
    this.#undo.disabled = this.#before.length === 0;
    if (!before) return;
    this.#samples = before;
    this.#changed();
  }

  #set(samples: readonly Sample[]): void {
    this.#before.push(this.#samples);
    if (this.#before.length > REMEMBERED) this.#before.shift();
    this.#undo.disabled = false;
    this.#samples = samples;
    this.#changed();
  }
}
