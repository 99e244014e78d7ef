import { ValueError } from "../core/errors.ts";
import { type Kind, objectWith, string } from "../core/kinds.ts";
import { checkedAsync, options } from "../core/signature.ts";

/** A kernel of a project with its reference and cases, of whatever types: `Reference` and `Case` check them where they are written. */
export interface ShownKernel {
  /** What `kernel` of wgrad/kernels returned. */
  readonly kernel: { readonly shader: object; readonly plan: object };
  /** What it computes, in float64. */
  readonly reference: (inputs: never, options: never) => object;
  /** Inputs that the page runs. */
  readonly cases: readonly { readonly name: string; readonly inputs: object }[];
  /** Larger inputs that the page times. Default: it times the largest case. */
  readonly benches?: readonly { readonly name: string; readonly inputs: object }[];
}

/** Options of `showKernels`. */
export interface ShowKernelsOptions {
  /** Heading and title of the page. Default `"Kernels"`. */
  readonly title?: string;
}

const module = objectWith("a kernel with its reference and cases", "kernel", "reference", "cases");
const modules: Kind = {
  expected: "an object of kernels by name, each with its reference and cases",
  advice: "write { wave: { kernel, reference, cases } }",
  accepts: (value) =>
    typeof value === "object" && value !== null && Object.values(value).every(module.accepts),
};

async function show(
  kernels: Readonly<Record<string, ShownKernel>>,
  { title = "Kernels" }: ShowKernelsOptions = {},
): Promise<void> {
  const entries = Object.entries(kernels);
  if (entries.length === 0) {
    throw new ValueError("showKernels: expected at least one kernel, got none; pass it by name");
  }
  for (const [name, { cases }] of entries) {
    if (cases.length > 0) continue;
    throw new ValueError(`showKernels: expected cases of ${name}, got none; add one`);
  }
  if (typeof document === "undefined") {
    throw new ValueError(
      "showKernels: expected a document, got none; call it in a page, not in Node or a worker",
    );
  }
  const { showOwn } = await import("#kernels-page");
  await showOwn(kernels as Readonly<Record<string, never>>, title); // the page pairs no kernel with the cases of another
}

/**
 * Shows kernels of your own on a page as the library's are on its Kernels page: formula, bindings, params, slots and WGSL as a
 * case links it; cases run on the visitor's GPU with their largest errors, times beside the roofline, all cases at once with a
 * report. It takes the whole page, body and styles.
 *
 *     await showKernels({ wave: { kernel: wave, reference, cases } });
 *
 * A name `family/wave` puts a kernel into a family of the list. `?auto=1` in the address runs all cases;
 * `document.body.dataset.status` is `ok` after that, or `error`. Nothing in the address is run, no text becomes markup, and
 * styles are style sheets of the document, so a strict Content-Security-Policy may stand. Throws `ValueError` for no kernels
 * and for a kernel without cases, and where there is no document.
 */
export const showKernels = /* @__PURE__ */ checkedAsync(
  "showKernels",
  { kernels: modules, options: options<ShowKernelsOptions>({ title: string }) },
  show,
);
