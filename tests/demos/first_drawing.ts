declare global {
  interface Window {
    /** Of `noteFirstDrawing`. */
    compiledBeforeDrawing?: number;
  }
}

/**
 * Runs in the page before its own scripts: notes how many pipelines were compiled when it first drew on a canvas. Compiling is
 * what a page waits for: where few come before, something is to be seen at once.
 */
export function noteFirstDrawing(): void {
  let compiled = 0;
  if ("GPUDevice" in globalThis) {
    const compile = GPUDevice.prototype.createComputePipelineAsync;
    GPUDevice.prototype.createComputePipelineAsync = async function (descriptor) {
      const pipeline = await compile.call(this, descriptor);
      compiled++;
      return pipeline;
    };
  }
  const context = CanvasRenderingContext2D.prototype;
  for (const name of ["fill", "fillRect", "stroke", "drawImage", "putImageData"] as const) {
    const draw = context[name] as (...given: unknown[]) => void;
    context[name] = function (this: CanvasRenderingContext2D, ...given: unknown[]): void {
      window.compiledBeforeDrawing ??= compiled;
      draw.apply(this, given);
    };
  }
}
