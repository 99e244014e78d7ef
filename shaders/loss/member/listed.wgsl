// Every block of 64 elements has its own mode. Binding 2 belongs to it, whoever uses it.
@group(0) @binding(2) var<storage, read> block_mode: array<u32>; // [elements / 64]

fn mode_of(i: u32) -> u32 { return block_mode[i / 64u]; }
