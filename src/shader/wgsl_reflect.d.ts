// The package's Node entry is CommonJS without named exports; its module build has no types of its own.
declare module "wgsl_reflect/wgsl_reflect.module.js" {
  export * from "wgsl_reflect";
}
