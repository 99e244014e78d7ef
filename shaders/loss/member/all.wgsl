// Every block of 64 elements is in mode `params.mode`: binding 2 stays empty.
fn mode_of(i: u32) -> u32 { return params.mode; }
