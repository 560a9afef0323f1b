/** Its own, light and dark: the page has to look the same on any computer, for years, without anything beside it. */
const STYLE = `
:root { --text: #14191f; --muted: #566270; --page: #f4f6f8; --panel: #ffffff; --line: #d3dae1; --ok: #17693f; --ok-bg: #e6f4ec; --bad: #a8201a; --bad-bg: #fdecea; --accent: #0b57c5; }
@media (prefers-color-scheme: dark) { :root { --text: #e6eaef; --muted: #9aa7b4; --page: #0e1216; --panel: #161b21; --line: #2b333d; --ok: #6fcf97; --ok-bg: #14291e; --bad: #ff8a80; --bad-bg: #331816; --accent: #6ea8ff; } }
* { box-sizing: border-box; margin: 0; }
body { padding: 2rem 1rem; background: var(--page); color: var(--text); font: 0.9375rem/1.5 system-ui, sans-serif; }
main { display: flex; flex-direction: column; gap: 1rem; max-width: 62rem; margin: 0 auto; }
h1 { font-size: 1.5rem; font-weight: 600; line-height: 1.25; }
h3 { font-size: 0.8125rem; font-weight: 600; color: var(--muted); }
.mark { color: var(--muted); font-size: 0.8125rem; font-weight: 600; letter-spacing: 0.04em; }
.muted { color: var(--muted); }
.choose { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem; padding: 1rem; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); }
.choose label { font-weight: 600; }
input { font: inherit; color: var(--muted); }
input::file-selector-button { margin-right: 0.75rem; padding: 0.375rem 0.875rem; border: 1px solid var(--accent); border-radius: 4px; background: transparent; color: var(--accent); font: inherit; font-weight: 600; cursor: pointer; }
input:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
#progress:empty, #result:empty { display: none; }
#result { display: flex; flex-direction: column; gap: 1rem; }
.verdict { padding: 0.875rem 1rem; border: 1px solid currentcolor; border-left-width: 6px; border-radius: 6px; }
.verdict.ok { background: var(--ok-bg); } .verdict.bad { background: var(--bad-bg); }
.verdict h2 { font-size: 1.25rem; font-weight: 600; line-height: 1.3; }
.verdict p { color: var(--text); font-weight: 400; }
.ok { color: var(--ok); } .bad { color: var(--bad); font-weight: 600; }
.part { display: flex; flex-direction: column; gap: 0.375rem; padding: 1rem; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); }
.key { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
td, th { padding: 0.375rem 0.75rem 0.375rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
tr:first-child > * { border-top: 0; }
td:not(:last-child) { width: 42%; }
th { width: 9rem; color: var(--muted); font-weight: 400; }
@media print { body { padding: 0; background: none; } .choose { display: none; } }
`;

/**
 * The page around the verifier's script: one file that works without a network, from a disk. The script stands in a
 * function, so that its names do not meet those of the page.
 */
export function verifierPage(script: string): string {
  const inPage = script
    // What the bundler puts before every worker is for Node.
    .replace(/^const importMetaUrl = .*$/m, '')
    .replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n')
    .replaceAll('</script', '<\\/script')
    .replaceAll('<!--', '<\\!--');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>Verify an evidence package</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>${STYLE}</style>
<main>
<header>
<p class="mark">VAS Workstation</p>
<h1>Verify an evidence package</h1>
<p class="muted">Choose the folder of the package. It is read on this computer; nothing is sent anywhere.</p>
</header>
<p class="choose"><label for="files">Folder of the package</label><input id="files" type="file" webkitdirectory multiple></p>
<p id="progress" class="muted" role="status"></p>
<div id="result" aria-live="polite"></div>
<noscript><p class="verdict bad">This page needs scripts to read the files. Allow them, or use the command in README.txt.</p></noscript>
</main>
<script>
(() => {
${inPage}
})();
</script>
</html>
`;
}
