import * as words from "../words/en/shared/page.ts";

export type Point = readonly [x: number, y: number];

interface Options {
  /** The point at pixels of the board. */
  readonly pointAt: (x: number, y: number) => Point;
  readonly moved: (point: Point) => void;
  readonly dropped: () => void;
  /** Whether a click elsewhere on the board moves it there. Default true. */
  readonly clicks?: boolean;
}

/** Pixels by which an arrow key moves it. */
export const NUDGE = 8;

/** A point on a board that can be dragged, moved by a click elsewhere on the board, or by the arrow keys. */
export class Handle {
  readonly #knob: HTMLElement;
  #at = { x: 0, y: 0 };

  constructor(board: HTMLElement, knob: HTMLElement, options: Options) {
    this.#knob = knob;
    const under = (event: MouseEvent) => {
      const { left, top } = board.getBoundingClientRect();
      return options.pointAt(event.clientX - left, event.clientY - top);
    };
    let dragging = false;
    knob.addEventListener("pointerdown", (event) => {
      dragging = true;
      knob.setPointerCapture(event.pointerId);
    });
    knob.addEventListener("pointermove", (event) => {
      if (dragging) options.moved(under(event));
    });
    for (const end of ["pointerup", "pointercancel"] as const) {
      knob.addEventListener(end, () => {
        if (dragging) options.dropped();
        dragging = false;
      });
    }
    board.addEventListener("click", (event) => {
      if (event.target === knob || options.clicks === false) return;
      options.moved(under(event));
      options.dropped();
    });
    knob.addEventListener("keydown", (event) => {
      const way = arrows[event.key];
      if (!way) return;
      event.preventDefault();
      options.moved(options.pointAt(this.#at.x + NUDGE * way[0], this.#at.y + NUDGE * way[1]));
      options.dropped();
    });
  }

  place(x: number, y: number, label: string): void {
    this.#at = { x, y };
    this.#knob.style.translate = `${x}px ${y}px`;
    this.#knob.setAttribute("aria-label", words.dragOrUseArrowKeys(label));
  }
}

/** The direction of an arrow key, y downwards. */
export const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
