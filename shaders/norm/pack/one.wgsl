// An element at a time, for rows of any length.
alias Pack = f32;
alias PerChannel = f32; // γ and β of a pack
alias StoredPack = Stored; // a pack as the buffer stores it
const PACK = 1u;     // elements of a pack
const CHANNELS = 1u; // channels that the elements of a pack belong to

fn total(v: Pack) -> f32 { return v; }
fn nth(v: Pack, k: u32) -> f32 { return v; }
fn of_channel(v: Pack, k: u32) -> f32 { return v; }
