import type { DemoMeta } from "./meta.ts";

const metas = import.meta.glob<DemoMeta>(["../*/meta.ts", "!../shared/*"], {
  eager: true,
  import: "meta",
});

/** Every page with its folder, in the order of the gallery. */
export const labs: readonly { readonly folder: string; readonly meta: DemoMeta }[] = Object.entries(
  metas,
)
  .map(([path, meta]) => ({ folder: path.split("/").at(-2) ?? "", meta }))
  .sort((a, b) => a.meta.order - b.meta.order);
