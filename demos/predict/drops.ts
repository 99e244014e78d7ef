/** Files that are dropped anywhere on the page, or pasted. `zone` shows that something hovers. */
export function onFiles(zone: HTMLElement, take: (file: File) => void): void {
  for (const event of ["dragover", "dragleave", "drop"] as const) {
    document.addEventListener(event, (given) => {
      given.preventDefault();
      zone.classList.toggle("over", event === "dragover");
      const file = event === "drop" ? given.dataTransfer?.files[0] : undefined;
      if (file) take(file);
    });
  }
  document.addEventListener("paste", ({ clipboardData }) => {
    const file = clipboardData?.files[0];
    if (file) take(file);
  });
}

/** A button that opens a file dialogue. */
export function chooseBy(button: HTMLElement, field: HTMLInputElement, take: (file: File) => void) {
  button.addEventListener("click", () => field.click());
  field.addEventListener("change", () => {
    const file = field.files?.[0];
    field.value = ""; // the same file may be chosen again
    if (file) take(file);
  });
}
