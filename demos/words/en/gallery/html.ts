export const pageTitle = "wgrad: neural networks trained in your browser";
export const description =
  "Demos of wgrad, a WebGPU compute-shader engine that trains neural networks in the browser.";
export const wgrad = "wgrad";
export const neuralNetworksThatTrainIn =
  'Neural networks that train in this browser, on your graphics card or your processor. Pick one and play; nothing leaves the page. <a href="./docs/">Documentation</a>';
export const lookingForGpu = "Looking for a GPU …";
