// The sum of all pieces before this one in the order of the scan. Binding 2 belongs to it, whoever uses it.
@group(0) @binding(2) var<storage, read> sums: array<Element>; // [pieces, rows]

fn carry(place: u32) -> Element { return sums[place]; }
