// Four neighbours of a run at a time: planes whose size 4 divides. They share their channel.
alias Pack = vec4f;
alias PerChannel = f32; // γ and β of a pack
alias StoredPack = Stored4; // a pack as the buffer stores it
const PACK = 4u;     // elements of a pack
const CHANNELS = 1u; // channels that the elements of a pack belong to

fn total(v: Pack) -> f32 { return (v.x + v.y) + (v.z + v.w); }
fn nth(v: Pack, k: u32) -> f32 { return v[k]; }
fn of_channel(v: Pack, k: u32) -> f32 { return total(v); }
