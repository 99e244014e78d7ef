//! inout dz
// Stores dz, which is the residual's gradient and the dy of norm/grad_input.
@group(0) @binding(8) var<storage, read_write> dz: array<StoredPack>; // [N, C, S]

fn keep_dz(i: u32, value: Pack) { dz[i] = StoredPack(value); }
