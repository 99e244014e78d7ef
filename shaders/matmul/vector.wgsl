//! use lib/flat_index.wgsl
//! use matmul/problem.wgsl
//! use matmul/matrix/* as matrix
// c[output] = act(Σₖ matrix[output, k] · vector[k] + bias): a matrix times a vector, from either side.
// A workgroup computes OUTPUTS of them with K_LANES threads each; whichever of the two indices is contiguous in the
// matrix is the one that neighbouring threads differ in.
override WG: u32 = 256;
override OUTPUTS: u32 = 8;
override K_LANES: u32 = 32;     // WG / OUTPUTS, a power of two
override OUTPUT_STEP: u32 = 32; // threads from one output to the next: 1, or K_LANES
override K_STEP: u32 = 1;       // threads from one k to the next: OUTPUTS, or 1

@group(0) @binding(1) var<storage, read> a: array<StoredA>;       // [..., m, k] or transposed [..., k, m]
@group(0) @binding(2) var<storage, read> b: array<StoredB>;       // [..., k, n] or transposed [..., n, k]
@group(0) @binding(5) var<storage, read_write> c: array<StoredC>; // [..., m, n], m = 1 or n = 1

var<workgroup> partial: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let outputs = output_count();
  let groups_a_batch = (outputs + OUTPUTS - 1u) / OUTPUTS;
  let index = flat_group(group, groups);
  let batch = index / groups_a_batch;
  if (batch >= params.batches) { return; } // uniform for the workgroup, so the barriers are safe
  let offsets = operand_offsets(batch);
  let output = index % groups_a_batch * OUTPUTS + lane / OUTPUT_STEP % OUTPUTS;
  let k_lane = lane / K_STEP % K_LANES;

  // a thread sums every K_LANES-th term; four sums keep four loads in flight
  var sums = vec4f(0.0);
  if (output < outputs) {
    var k = k_lane;
    for (; k + 3u * K_LANES < params.k; k += 4u * K_LANES) {
      let at = k + vec4u(0u, K_LANES, 2u * K_LANES, 3u * K_LANES);
      let m = vec4f(
        matrix_at(offsets, output, at.x), matrix_at(offsets, output, at.y),
        matrix_at(offsets, output, at.z), matrix_at(offsets, output, at.w),
      );
      let v = vec4f(
        vector_at(offsets, at.x), vector_at(offsets, at.y), vector_at(offsets, at.z), vector_at(offsets, at.w),
      );
      sums = fma(m, v, sums);
    }
    for (; k < params.k; k += K_LANES) {
      sums.x = fma(matrix_at(offsets, output, k), vector_at(offsets, k), sums.x);
    }
  }

  partial[lane] = (sums.x + sums.y) + (sums.z + sums.w);
  workgroupBarrier();
  for (var half = K_LANES / 2u; half > 0u; half >>= 1u) { // a tree: the order never changes
    if (k_lane < half) { partial[lane] += partial[lane + half * K_STEP]; }
    workgroupBarrier();
  }
  if (k_lane == 0u && output < outputs) {
    let at = batch * outputs + output;
    c[at] = StoredC(finish(partial[lane], output - column_of(output), column_of(output), at));
  }
}
