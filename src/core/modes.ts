/** What operations everywhere go by: whether they record for a backward pass, and whether they work in f16. */
export const modes = { grad: true, half: false };
