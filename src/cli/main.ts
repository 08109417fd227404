#!/usr/bin/env node
import { papers } from "../papers/registry.ts";
import { runProcess } from "./process.ts";

await runProcess(papers);
