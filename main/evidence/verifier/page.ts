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
<style>
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #14191f; background: #fff; }
.ok { color: #17693f; } .bad { color: #a8201a; font-weight: 600; } .gap { padding-left: 1rem; }
.key { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
input { font: inherit; }
</style>
<h1>Verify an evidence package</h1>
<p>Choose the folder of the package. Nothing leaves this computer.</p>
<p><label>Folder of the package <input id="files" type="file" webkitdirectory multiple></label></p>
<p id="progress" role="status"></p>
<div id="result" aria-live="polite"></div>
<script>
(() => {
${inPage}
})();
</script>
</html>
`;
}
