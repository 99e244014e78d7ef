import { sheetOf } from "../../shared/canvas.ts";
import { byId, colour, onSchemeChange } from "../../shared/dom.ts";
import * as words from "../../words/en/digits/drawing.ts";
import { type Bitmap, blank, DOTS, ink, type Spot } from "./bitmap.ts";

/** Dots by which an arrow key moves the pen. */
const STEP = 2;

/** A sheet to draw on with a mouse, a finger, a pen, or the arrow keys with Space or Enter to put the pen down and up. */
export class Pad {
  readonly #button = byId("pad") as HTMLButtonElement;
  readonly #canvas = this.#button.querySelector("canvas") as HTMLCanvasElement;
  readonly #drawn: (bitmap: Bitmap) => void;
  readonly #before: Bitmap[] = [];
  #bitmap: Bitmap;
  /** Position of the pen, and whether the keys draw. */
  #at: Spot = [DOTS / 2, DOTS / 2];
  #down = false;
  #last: Spot | undefined;

  constructor(bitmap: Bitmap, drawn: (bitmap: Bitmap) => void) {
    this.#bitmap = bitmap;
    this.#drawn = drawn;
    this.#byPointer();
    this.#button.addEventListener("keydown", (event) => this.#key(event));
    this.#button.addEventListener("blur", () => this.#draw());
    this.#button.addEventListener("focus", () => this.#draw());
    byId("clear").addEventListener("click", () => this.#change(blank()));
    byId("undo").addEventListener("click", () => {
      this.#bitmap = this.#before.pop() ?? this.#bitmap;
      this.#told();
    });
    new ResizeObserver(() => this.#draw()).observe(this.#canvas);
    onSchemeChange(() => this.#draw());
  }

  #byPointer(): void {
    const button = this.#button;
    const spot = (event: PointerEvent): Spot => {
      const { left, top, width, height } = this.#canvas.getBoundingClientRect();
      const at = (value: number, size: number) => (value / size) * DOTS;
      return [at(event.clientX - left, width), at(event.clientY - top, height)];
    };
    button.addEventListener("pointerdown", (event) => {
      button.setPointerCapture(event.pointerId);
      this.#change(this.#bitmap.slice());
      this.#stroke(spot(event));
    });
    button.addEventListener("pointermove", (event) => {
      if (this.#last && event.buttons > 0) this.#stroke(spot(event));
    });
    for (const end of ["pointerup", "pointercancel"] as const)
      button.addEventListener(end, () => {
        this.#last = undefined;
      });
  }

  #key(event: KeyboardEvent): void {
    const way = ways[event.key];
    if (event.key === " " || event.key === "Enter") {
      this.#down = !this.#down;
      if (this.#down) {
        this.#change(this.#bitmap.slice());
        this.#stroke(this.#at);
      }
      this.#last = undefined;
    } else if (way) {
      const from = this.#at;
      const kept = (value: number) => Math.min(DOTS - 1, Math.max(1, value));
      this.#at = [kept(from[0] + STEP * way[0]), kept(from[1] + STEP * way[1])];
      if (this.#down) {
        this.#last = from;
        this.#stroke(this.#at);
        this.#last = undefined;
      }
    } else return;
    event.preventDefault();
    this.#draw();
  }

  #stroke(to: Spot): void {
    ink(this.#bitmap, this.#last ?? to, to);
    this.#last = to;
    this.#at = to;
    this.#told();
  }

  /** Shows another drawing; Undo restores the previous one. */
  #change(next: Bitmap): void {
    this.#before.push(this.#bitmap);
    this.#bitmap = next;
    this.#told();
  }

  #told(): void {
    this.#draw();
    this.#drawn(this.#bitmap);
  }

  #draw(): void {
    const how = words.drawWithMouseOrFinger;
    const text = words.sheetSpacePutsDownAnd(
      how,
      this.#down,
      this.#at.map(Math.round).join(", "),
      DOTS,
    );
    this.#button.setAttribute("aria-label", text);
    const sheet = sheetOf(this.#canvas);
    if (!sheet) return;
    const { context, width } = sheet;
    const size = width / DOTS;
    context.fillStyle = colour("ink");
    for (const [i, dot] of this.#bitmap.entries()) {
      if (dot === 0) continue;
      context.fillRect((i % DOTS) * size, Math.floor(i / DOTS) * size, size + 0.5, size + 0.5);
    }
    context.strokeStyle = colour("line");
    for (let line = 4; line < DOTS; line += 4) {
      context.strokeRect(line * size, -1, 0, width + 2);
      context.strokeRect(-1, line * size, width + 2, 0);
    }
    if (document.activeElement !== this.#button) return;
    context.lineWidth = 3;
    context.strokeStyle = colour(this.#down ? "orange" : "accent");
    context.beginPath();
    context.arc(this.#at[0] * size, this.#at[1] * size, 1.6 * size, 0, 2 * Math.PI);
    context.stroke();
  }
}

const ways: Readonly<Record<string, Spot>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
