/** Attribute of elements that accept dropped files. */
const ZONE = "[data-drop]";

/**
 * Calls back with files that are dropped anywhere on the page or pasted; `at` is the drop zone, or the zone that has
 * the focus. The zone under a dragged file has the class "over".
 */
export function onFiles(take: (files: readonly File[], at: Element | undefined) => void): void {
  for (const event of ["dragover", "dragleave", "drop"] as const) {
    document.addEventListener(event, (given) => {
      given.preventDefault(); // otherwise the browser would open the dropped file
      const zone = zoneOf(given.target);
      for (const each of document.querySelectorAll(ZONE)) {
        each.classList.toggle("over", each === zone && event === "dragover");
      }
      const files = event === "drop" ? [...(given.dataTransfer?.files ?? [])] : [];
      if (files.length > 0) take(files, zone);
    });
  }
  document.addEventListener("paste", ({ clipboardData }) => {
    const files = [...(clipboardData?.files ?? [])];
    if (files.length > 0) take(files, zoneOf(document.activeElement));
  });
}

const zoneOf = (target: EventTarget | null): Element | undefined =>
  (target instanceof Element && target.closest(ZONE)) || undefined;

/** A button that opens a file dialogue. */
export function chooseBy(
  button: HTMLElement,
  field: HTMLInputElement,
  take: (files: readonly [File, ...File[]]) => void,
): void {
  button.addEventListener("click", () => field.click());
  field.addEventListener("change", () => {
    const [first, ...rest] = field.files ?? [];
    field.value = ""; // so that the same file can be chosen again
    if (first) take([first, ...rest]);
  });
}
