// A lies in memory as it is computed.
alias StoredA = f32;
alias StoredA4 = vec4<f32>;
