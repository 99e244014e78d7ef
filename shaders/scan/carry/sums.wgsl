// The sum of all pieces before this one in the order of the scan. Binding 2 belongs to it, whoever uses it.
@group(0) @binding(2) var<storage, read> sums: array<f32>; // [pieces, rows]

fn carry(place: u32) -> f32 { return sums[place]; }
