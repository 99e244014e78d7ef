/** Global modes of operations: whether they record for a backward pass, and whether they compute in f16. */
export const modes = { grad: true, half: false };
