export const pageTitle = "Kernels · wgrad";
export const description =
  "Read every WGSL kernel of wgrad, check it on your GPU against float64, and time it against the roofline of your GPU.";
export const kernels = "Kernels";
export const everyComputeKernelOfWgrad =
  'Every <span data-term="compute kernel">compute kernel</span> of wgrad: read it, check it on your GPU against float64 within its <span data-term="tolerance">tolerance</span>, time it against the roofline of your GPU.';
export const verifyAll = "Verify all";
export const stop = "Stop";
export const loadingKernels = "Loading the kernels …";
export const downloadJson = "Download JSON";
export const downloadMarkdown = "Download Markdown";
export const casesVerified = "Cases verified";
export const worstErrorsByFamily = "Worst errors by family";
export const find = "Find";
export const softmaxGradOp = "softmax, grad, op/ …";
