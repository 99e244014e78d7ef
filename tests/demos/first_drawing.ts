declare global {
  interface Window {
    /** Counters that `noteFirstDrawing` sets on the window. */
    compiledBeforeDrawing?: number;
    /** Pipelines of the page and of its frames. */
    compiledSoFar?: number;
  }
}

/**
 * Runs in the page before its own scripts: notes how many pipelines have been compiled, and how many had been when the
 * page first drew on a canvas. Visitors wait for compilation, so something must be drawn before most of it. The page gets one
 * pipeline after the other, so many milliseconds apart, unless that is 0.
 */
export function noteFirstDrawing(apart: number): void {
  const page = window.top ?? window;
  page.compiledSoFar ??= 0;
  let turn = Promise.resolve();
  if ("GPUDevice" in globalThis) {
    const compile = GPUDevice.prototype.createComputePipelineAsync;
    GPUDevice.prototype.createComputePipelineAsync = async function (descriptor) {
      const pipeline = await compile.call(this, descriptor);
      if (apart > 0) {
        turn = turn.then(() => new Promise((done) => setTimeout(done, apart)));
        await turn;
      }
      page.compiledSoFar = (page.compiledSoFar ?? 0) + 1;
      return pipeline;
    };
  }
  const context = CanvasRenderingContext2D.prototype;
  for (const name of ["fill", "fillRect", "stroke", "drawImage", "putImageData"] as const) {
    const draw = context[name] as (...given: unknown[]) => void;
    context[name] = function (this: CanvasRenderingContext2D, ...given: unknown[]): void {
      window.compiledBeforeDrawing ??= page.compiledSoFar ?? 0;
      draw.apply(this, given);
    };
  }
}
