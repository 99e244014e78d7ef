export const drawingExpectedDrawingAs = "?drawing: expected a drawing as this page writes it";
export const drawWithMouseOrFinger =
  "draw with a mouse or finger, or move the pen with the arrow keys";
export const sheetSpacePutsDownAnd = (how: string, down: boolean, at: string, dots: number) =>
  `Sheet: ${how}; Space puts it down and up. The pen is ${down ? "down" : "up"}, at ${at} of ${dots}.`;
