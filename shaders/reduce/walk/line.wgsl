// What an output reduces lies along one axis: no digits to work out.
fn reduced_offset(index: u32) -> u32 { return index * params.reduced[0].y; }
