export const convolution = (kernel: string) => `${kernel} convolution`;
export const inFourGroups = (kernel: string) => `${kernel} grouped`;
export const normNamed = (norm: string) => `${norm} norm`;
export const plusInput = "plus the input";
export const input = "input";
export const shortcut = "shortcut";
export const blockSaid = (parts: string) => `One block, from input to output: ${parts}`;
export const suchBlocks = (stages: number, depth: number, width: number) =>
  `${stages} ${stages === 1 ? "stage" : "stages"} of ${depth} such ${depth === 1 ? "block" : "blocks"}: ${width} channels in the first${stages === 1 ? "" : ", each later one has twice as many"}.`;
