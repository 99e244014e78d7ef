// B lies in memory with half the bytes; sums are f32 all the same.
enable f16;
alias StoredB = f16;
alias StoredB4 = vec4<f16>;
