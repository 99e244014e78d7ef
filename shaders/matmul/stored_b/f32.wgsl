// B lies in memory as it is computed.
alias StoredB = f32;
alias StoredB4 = vec4<f32>;
