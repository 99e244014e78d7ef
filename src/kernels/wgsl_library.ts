const texts = import.meta.glob<string>("../../shaders/{lib,activation,element,storage}/*.wgsl", {
  query: "?text",
  import: "default",
  eager: true,
});

/**
 * WGSL files of the library for use in your own kernels, by path: `wgrad/lib/workgroup_sum.wgsl` and the other helpers,
 * `wgrad/activation/relu.wgsl` and the other activations, for a slot (`act` and `act_grad`), `wgrad/element/…` (f32, i32
 * and u32 as `Element`), `wgrad/storage/…` (f32 and f16 as `Stored`, for a slot of storage dtypes).
 *
 *     shader(source, { files: wgslLibrary }); // in source: //! use wgrad/lib/tanh.wgsl
 *
 * A page that uses it downloads all of it. The plugin `wgsl` of wgrad/vite includes only the files that are used.
 */
export const wgslLibrary: Readonly<Record<string, string>> = /* @__PURE__ */ byPath();

function byPath(): Record<string, string> {
  const paths = Object.entries(texts);
  return Object.fromEntries(
    paths.map(([path, text]) => [path.replace("../../shaders/", "wgrad/"), text]),
  );
}
