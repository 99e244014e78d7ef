export const pixels = "Pixels";
export const meanError = "Mean error";
export const rounds = "Rounds";
export const findingColours = "Finding colours";
export const painting = "Painting";
export const lookingForColours = "Looking for colours …";
export const colours = "Colours";
export const lookForThemIn = "Look for them in";
export const isNoPictureThisBrowser = (name: string) =>
  `${name} is no picture this browser can read; try a JPEG or a PNG.`;
export const couldNotBeLoaded = (name: string, reason: string) =>
  `${name} could not be loaded: ${reason}`;
export const roundAtMost = (iteration: number, maxIterations: number) =>
  `Round ${iteration}, ${maxIterations} at most …`;
export const photoRound = (iteration: number) => `photo, round ${iteration}`;
export const seconds = (seconds: string) => `${seconds} s`;
export const expectedPictureGotStatus = (url: string, status: number) =>
  `${url}: expected a picture, got status ${status}`;
export const expectedCanvasToDrawOn = (name: string) =>
  `${name}: expected a canvas to draw on, got none`;
export const coloursFound = (colours: number, sample: string, few: boolean) =>
  `${colours} colours, found in ${sample} pixels.${few ? ` The picture has only ${colours} pixels.` : ""}`;
