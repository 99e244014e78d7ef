// Entries in the order of ids. Always at binding 3.
@group(0) @binding(3) var<storage, read> ids: array<u32>; // [1, count]

fn entry(e: u32) -> u32 { return ids[e]; }
