import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
if (!hasRedis) console.warn("redis-server is not installed: the tests of the queue skip");

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** A Redis of one test file, on loopback, that keeps what it holds over a restart. */
export async function startRedis() {
  const directory = await mkdtemp(join(tmpdir(), "netvantage-redis-"));
  const port = await freePort();
  const words = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", directory, "--appendonly", "yes", "--save", ""];
  let server = await launch(words);
  const stop = async () => {
    server.kill("SIGTERM");
    await ended(server);
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    /** Ends it, and has it back after some time. */
    restart: async (milliseconds: number) => {
      await stop();
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      server = await launch(words);
    },
    remove: async () => {
      await stop();
      await rm(directory, { recursive: true });
    },
  };
}

async function launch(words: readonly string[]): Promise<ChildProcess> {
  const server = spawn("redis-server", words, { stdio: ["ignore", "pipe", "inherit"] });
  let log = "";
  for await (const text of server.stdout) {
    log += String(text);
    if (log.includes("Ready to accept connections")) break;
  }
  if (!log.includes("Ready")) throw new Error(`redis-server did not start: ${log}`);
  return server;
}

/** `netvantage worker`, when it takes tasks. */
export async function startWorker(url: string, ...flags: string[]) {
  const words = [main, "worker", "--queue", url, "--stall-after", "2", ...flags];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "ignore", "pipe"] });
  const text = { stderr: "" };
  child.stderr.on("data", (part) => {
    text.stderr += String(part);
  });
  while (!text.stderr.includes("taking tasks")) {
    if (child.exitCode !== null) throw new Error(`the worker did not start: ${text.stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    text,
    stop: async (signal: NodeJS.Signals) => {
      child.kill(signal);
      await ended(child);
      return child.exitCode;
    },
  };
}

export type RunningWorker = Awaited<ReturnType<typeof startWorker>>;

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
