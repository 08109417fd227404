/** A text that has code between backticks, as Markdown does, in parts: every second one is code. */
export function codeSpans(text: string): string[] {
  return text.split(/`([^`]+)`/);
}

/** Text within XML or HTML, for content and quoted attributes alike. Control characters that XML cannot hold are blanks. */
export function escapeMarkup(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, " ").replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
