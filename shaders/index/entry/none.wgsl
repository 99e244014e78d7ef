// Entries in their own order; binding 3 stays empty.
fn entry(e: u32) -> u32 { return e; }
