/** What a Piscina thread runs. */
export { answer as default } from "./call.ts";
