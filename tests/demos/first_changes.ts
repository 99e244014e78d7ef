declare global {
  interface Window {
    /** What the page changed by itself, oldest first: the id of its place, and how many pipelines had been compiled by then. */
    changes?: (readonly [place: string, compiled: number])[];
  }
}

/**
 * Runs in the page before its own scripts: notes when a status text, a progress bar or a table changes, and when a canvas shows another
 * picture than at first. Visitors wait for compilation, so there must be something to see meanwhile.
 */
export function noteChanges(): void {
  if (window !== window.top) return;
  const changes: (readonly [string, number])[] = [];
  window.changes = changes;
  const note = (node: Element | null | undefined) =>
    changes.push([node?.closest("[id]")?.id ?? "", window.compiledSoFar ?? 0]);
  new MutationObserver((records) => {
    if (document.readyState === "loading") return;
    for (const { target } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      const place = element?.closest("[role=status], progress, tbody");
      if (place) note(place);
    }
  }).observe(document, {
    ...{ subtree: true, childList: true, characterData: true },
    attributeFilter: ["value"],
  });
  const [drawn, pictures] = [new Map<Element, number>(), new WeakMap<Element, number>()];
  const context = CanvasRenderingContext2D.prototype;
  for (const name of ["lineTo", "arc", "fillRect", "fillText", "putImageData"] as const) {
    const draw = context[name] as (...given: unknown[]) => void;
    context[name] = function (this: CanvasRenderingContext2D, ...given: unknown[]): void {
      const values = given.flatMap((each) => (each instanceof ImageData ? [...each.data] : each));
      const digest = (sum: number, value: unknown) =>
        (Math.imul(sum, 31) + Math.round(8 * (Number(value) || 0))) | 0;
      if (this.canvas.isConnected)
        drawn.set(this.canvas, values.reduce(digest, drawn.get(this.canvas) ?? 1));
      draw.apply(this, given);
    };
  }
  const look = () => {
    for (const [canvas, picture] of drawn) {
      const before = pictures.get(canvas);
      if (before !== undefined && before !== picture) note(canvas);
      pictures.set(canvas, picture);
    }
    drawn.clear();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
