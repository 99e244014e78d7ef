// Linear index of this invocation when a long row of workgroups is folded into two dimensions (grid1d in kernel.ts).
fn flat_index(group: vec3u, groups: vec3u, lane: u32, workgroup_size: u32) -> u32 {
  return (group.y * groups.x + group.x) * workgroup_size + lane;
}

// Linear index of this workgroup in a folded grid.
fn flat_group(group: vec3u, groups: vec3u) -> u32 {
  return group.y * groups.x + group.x;
}
