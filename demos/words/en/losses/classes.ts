export const logitOf = (name: string) => `Logit of ${name}`;
export const itIs = "It is";
export const labelSmoothingEpsilonOf = "Label smoothing ε, of the softmax";
export const weightOfTrueClass = "Weight of the true class";
export const softmaxsProbabilitiesAddUp = (
  softmax: string,
  sigmoids: string,
  className: string | undefined,
  softmax2: string,
  sigmoids2: string,
) =>
  `The softmax's probabilities add up to ${softmax}, the sigmoids' to ${sigmoids}. ${className}'s logit has a gradient of ${softmax2} in the softmax, of ${sigmoids2} in its sigmoid.`;
export const cat = "cat";
export const dog = "dog";
export const owl = "owl";
