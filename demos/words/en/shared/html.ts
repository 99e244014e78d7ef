export const lookingForGpu = "Looking for a GPU …";
export const allDemos = "All demos";
export const source = "Source";
export const needsJavaScript = "This page needs JavaScript.";
export const switchJavaScriptOn =
  "It computes in your browser with JavaScript and WebGPU: switch JavaScript on for this site and reload the page.";
