import * as words from "../words/en/shared/page.ts";

/** Names the adapter in the page's `.badge`, because timings mean nothing on a software adapter. */
export function showAdapter({ name, software }: { name: string; software: boolean }): void {
  const badge = document.querySelector(".badge");
  if (!badge) return;
  const strong = document.createElement("strong");
  strong.textContent = name;
  const kind = software ? words.softwareAdapterYourCpu : words.yourGpu;
  badge.replaceChildren(kind, strong);
}
