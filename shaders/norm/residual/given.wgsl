// A residual, added to the norm before the activation.
@group(0) @binding(5) var<storage, read> residual: array<StoredPack>; // [N, C, S]

fn add_residual(z: Pack, i: u32) -> Pack { return z + Pack(residual[i]); }
