import type { Command } from "commander";

/** Commands below a command's help, which run as they are printed. */
export function addExamples(command: Command, examples: readonly [string, string, string]): void {
  command.addHelpText("after", `\nExamples:\n${examples.map((line) => `  $ ${line}`).join("\n")}`);
}

/** A list below a command's help, set as commander sets its own. */
export function addList(command: Command, heading: string, items: readonly (readonly [string, string])[]): void {
  command.addHelpText("after", () => {
    const help = command.createHelp();
    help.prepareContext({ helpWidth: command.configureOutput().getOutHelpWidth?.() ?? 80 });
    const width = Math.max(0, ...items.map(([term]) => term.length));
    const lines = items.map(([term, description]) => help.formatItem(term, width, description, help));
    return `\n${help.formatItemList(`${heading}:`, lines, help).join("\n").trimEnd()}`;
  });
}
