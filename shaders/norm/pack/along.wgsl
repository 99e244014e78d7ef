// Four neighbours of a run at a time: planes whose size 4 divides. They share their channel.
alias Pack = vec4f;
alias PerChannel = f32; // γ and β of a pack
alias StoredPack = Stored4; // the same in memory
const PACK = 4u;     // elements
const CHANNELS = 1u; // channels they belong to

fn total(v: Pack) -> f32 { return (v.x + v.y) + (v.z + v.w); }
fn nth(v: Pack, k: u32) -> f32 { return v[k]; }
fn of_channel(v: Pack, k: u32) -> f32 { return total(v); }
