import { defineConfig } from "vite";
import { wgsl } from "wgrad/vite";

const input = ["index.html", "kernels.html"];
export default defineConfig({
  plugins: [wgsl()],
  build: { target: "es2022", rolldownOptions: { input } },
});
