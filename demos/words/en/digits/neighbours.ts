export const neighbour = (nth: number, said: string) => `Neighbour ${nth}: ${said}`;
export const drawDigit = "Draw a digit.";
export const votesFor = (digit: number) => `Votes for ${digit}`;
export const yours = "yours, ";
export const vote = (
  k: number,
  share: string,
  digit: number,
  distance: string | undefined,
  metric: string,
) =>
  `${k === 1 ? "The nearest digit says" : `Of the ${k} nearest digits ${share} say`} ${digit}; the nearest is ${distance} away (${metric}).`;
