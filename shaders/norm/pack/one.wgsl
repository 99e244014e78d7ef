// An element at a time, for rows of any length.
alias Pack = f32;
alias PerChannel = f32; // γ and β of a pack
alias StoredPack = Stored; // the same in memory
const PACK = 1u;     // elements
const CHANNELS = 1u; // channels they belong to

fn total(v: Pack) -> f32 { return v; }
fn nth(v: Pack, k: u32) -> f32 { return v; }
fn of_channel(v: Pack, k: u32) -> f32 { return v; }
