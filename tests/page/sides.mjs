// The heading after the sixth section must stand on the third side of a printed page, or earlier.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [page, pdf] = process.argv.slice(2);
const sections = [...readFileSync(page, "utf8").matchAll(/<section id="([^"]+)"[^>]*><h2[^>]*>([^<]*)<\/h2>/g)];
// The header is a section of its own, before these.
const seventh = sections.find(([, id]) => !["bottom-line", "figures", "coverage", "mood", "volume"].includes(id));
if (!seventh) {
    console.error(`FAILED: ${page}: no section after the first six`);
    process.exit(1);
}
const plain = (text) => text.replaceAll(/\s+/g, " ");
const sides = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }).split("\f").map(plain);
const title = plain(seventh[2].replaceAll("&amp;", "&").replaceAll("&quot;", '"'));
const side = sides.findIndex((text) => text.includes(title));
// It may begin the third side; before that is better.
if (side < 0 || side > 2 || (side === 2 && !sides[2].trimStart().startsWith(title))) {
    console.error(`FAILED: ${page}: “${title}” stands on side ${side + 1}: the first six sections take more than two`);
    process.exit(1);
}
