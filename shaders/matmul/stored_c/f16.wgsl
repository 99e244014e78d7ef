// C lies in memory with half the bytes; sums are f32 all the same.
enable f16;
alias StoredC = f16;
alias StoredC4 = vec4<f16>;
