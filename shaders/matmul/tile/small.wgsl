// A workgroup of 64 threads has 32 × 32 of C and slices of 16; a thread has one block of 4 × 4.
const HEIGHT = 32u;
const WIDTH = 32u;
const DEPTH = 16u;
const WG = 64u;
const BLOCKS = 1u;
