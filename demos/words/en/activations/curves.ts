export const activations = "Activations";
export const slopesOfActivations = "Slopes of activations";
export const atSlopeOfIsThat = (
  at: string,
  firstName: string,
  slope: string,
  secondName: string,
  slope2: string,
  centre: string,
  flat: string,
  centre2: string,
  flat2: string,
) =>
  `At ${at} the slope of ${firstName} is ${slope}, that of ${secondName} ${slope2}. For normal inputs ${firstName} has a mean output of ${centre} and is flat for ${flat} of them; ${secondName} has ${centre2} and is flat for ${flat2}.`;
export const byX = (curves: string, said: string) => `${curves} by x. ${said}`;
