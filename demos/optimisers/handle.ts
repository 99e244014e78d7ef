export { Handle } from "../shared/handle.ts";
