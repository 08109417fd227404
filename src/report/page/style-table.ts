/** Tables scroll inside their own region; the row's name stays in sight. */
export const TABLE_STYLE = `
.table { margin: 1rem 0 1.6rem; }
.scroll { position: relative; overflow-x: auto; }
.table { --room: calc(min(100vw, 88rem) - 2 * clamp(1rem, 4vw, 2.5rem) - 18px); }
.table .scroll { width: fit-content; max-width: 100%; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: separate; border-spacing: 0; font-size: .9rem; line-height: 1.35; font-variant-numeric: tabular-nums; }
caption { text-align: left; }
.caption { display: block; position: sticky; left: 0; min-width: min(var(--room), 24rem); width: max-content; max-width: min(var(--room), 62rem); padding: .7rem .9rem .5rem; }
.caption .quiet { display: block; font-size: .88rem; }
th, td { padding: .4rem .75rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
th { font-weight: 600; }
thead th, thead td { border-top: 0; vertical-align: bottom; background: var(--card); }
th[scope=row] { min-width: 9rem; max-width: 18rem; overflow-wrap: anywhere; }
th[scope=row].short { white-space: nowrap; min-width: 4rem; }
.table th[scope=row], .table thead td { position: sticky; left: 0; z-index: 1; background: var(--card); border-right: 1px solid var(--line); }
th .unit, th .own { font-weight: 400; color: var(--quiet); font-size: .82rem; }
th .own { display: block; }
td { background: var(--tint, transparent); white-space: nowrap; }
td.words { white-space: normal; min-width: 9rem; max-width: 22rem; overflow-wrap: anywhere; }
td .measured, td .published, td .verdict { display: block; }
td .measured { font-weight: 600; }
td .measured.quiet { font-weight: 400; }
td .interval, td .published, td .deviation { font-weight: 400; color: var(--quiet); font-size: .86em; }
td .verdict { font-size: .86em; }
.ref { display: inline-block; min-width: 1.5rem; min-height: 1.5rem; line-height: 1.5rem; margin: -.25rem -.5rem -.25rem -.1rem; text-align: center; font-size: .95em; }
.ref::before { content: "["; }
.ref::after { content: "]"; }
.reasons { margin: .6rem 0 0; padding-left: 1.9rem; font-size: .88rem; color: var(--quiet); max-width: 90ch; }
.reasons li { overflow-wrap: anywhere; }
.reasons li::marker { content: "[" counter(list-item) "] "; }
.reasons li:target { color: var(--text); background: var(--pattern-tint); }
.note { font-size: .88rem; color: var(--quiet); max-width: 90ch; }
.kernels { font-size: .85rem; }
@media (max-width: 760px) {
  .table th[scope=row]:not(.short) { min-width: 6.5rem; max-width: 7.5rem; }
  th, td { padding: .35rem .55rem; }
}`;
