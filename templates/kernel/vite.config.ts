import { defineConfig } from "vite";
import { wgsl } from "wgrad/vite";

export default defineConfig({ plugins: [wgsl()], build: { target: "es2022" } });
