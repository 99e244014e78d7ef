// The sum of all pieces before this one in the order of the scan. Always at binding 2.
@group(0) @binding(2) var<storage, read> sums: array<Element>; // [pieces, rows]

fn carry(place: u32) -> Element { return sums[place]; }
