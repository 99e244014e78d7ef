// C lies in memory as it is computed.
alias StoredC = f32;
alias StoredC4 = vec4<f32>;
