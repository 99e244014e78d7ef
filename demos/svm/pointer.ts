/** A press that moves by no more than this many pixels is a tap. */
const TAP = 6;

/** Distance within which a press selects a point, in CSS pixels: fingers are less precise than a mouse. */
const REACH = { mouse: 10, pen: 14, touch: 22 } as const;

export interface PointerOptions {
  /** The nearest point within this many CSS pixels of a position on the canvas. */
  readonly hit: (x: number, y: number, reach: number) => number | undefined;
  /** Called for a tap or click, on a point or beside all of them. */
  readonly tapped: (x: number, y: number, point: number | undefined) => void;
  /** Called while a point is dragged; `done` is true at its release. */
  readonly dragged: (point: number, x: number, y: number, done: boolean) => void;
}

interface Press {
  readonly x: number;
  readonly y: number;
  readonly point: number | undefined;
  dragging: boolean;
}

/**
 * Taps and drags on a canvas. A finger that moves over the background scrolls the page; one that starts on a point
 * drags it.
 */
export function onPointer(canvas: HTMLCanvasElement, options: PointerOptions): void {
  let press: Press | undefined;
  const reachOf = ({ pointerType }: PointerEvent) =>
    REACH[pointerType as keyof typeof REACH] ?? REACH.mouse;
  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    const { offsetX: x, offsetY: y } = event;
    const point = options.hit(x, y, reachOf(event));
    press = { x, y, point, dragging: false };
    if (point !== undefined) canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", ({ offsetX: x, offsetY: y }) => {
    if (press?.point === undefined) return;
    press.dragging ||= Math.hypot(x - press.x, y - press.y) > TAP;
    if (press.dragging) options.dragged(press.point, x, y, false);
  });
  canvas.addEventListener("pointerup", ({ offsetX: x, offsetY: y }) => {
    const ended = press;
    press = undefined;
    if (!ended) return;
    if (ended.dragging && ended.point !== undefined) options.dragged(ended.point, x, y, true);
    else if (Math.hypot(x - ended.x, y - ended.y) <= TAP) options.tapped(x, y, ended.point);
  });
  canvas.addEventListener("pointercancel", () => {
    press = undefined; // the page scrolls
  });
  canvas.addEventListener(
    "touchstart",
    (event) => {
      const [touch] = event.touches;
      const { left, top } = canvas.getBoundingClientRect();
      const on = touch && options.hit(touch.clientX - left, touch.clientY - top, REACH.touch);
      // otherwise the page would scroll under the point
      if (on !== undefined && event.cancelable) event.preventDefault();
    },
    { passive: false },
  );
}
