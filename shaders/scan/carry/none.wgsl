// A row in one piece starts from 0; binding 2 stays empty.
fn carry(place: u32) -> f32 { return 0.0; }
