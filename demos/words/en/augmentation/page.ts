export const augmentationAndImbalance = "Augmentation and imbalance";
export const turnMixAndErasePictures =
  "Turn, mix and erase pictures, train with and without from 500 of them, and find one in fifty.";
export const wallOfSneakersTurnedMoved =
  "A wall of sneakers, turned, moved and partly erased, beside sliders and matrices";
export const picturesExpectedMultipleOf = (pictures: number) =>
  `?pictures=${pictures}: expected a multiple of 50`;
