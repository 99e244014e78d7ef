// A lies in memory with half the bytes; sums are f32 all the same.
enable f16;
alias StoredA = f16;
alias StoredA4 = vec4<f16>;
