// A workgroup of 128 threads has 128 × 64 of C and slices of 8; a thread has four blocks of 4 × 4, half a tile apart.
const HEIGHT = 128u;
const WIDTH = 64u;
const DEPTH = 8u;
const WG = 128u;
const BLOCKS = 4u;
