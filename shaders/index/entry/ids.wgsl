// Entries in the order of ids. Binding 3 belongs to them, whoever uses them.
@group(0) @binding(3) var<storage, read> ids: array<u32>; // [1, count]

fn entry(e: u32) -> u32 { return ids[e]; }
