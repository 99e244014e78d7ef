// Every block of 64 elements has its own mode. Always at binding 2.
@group(0) @binding(2) var<storage, read> block_mode: array<u32>; // [elements / 64]

fn mode_of(i: u32) -> u32 { return block_mode[i / 64u]; }
