// page_checks.mjs PACKAGES PAGE...: checks HTML files by html-validate, and by axe in Chromium: in light and dark, at the
// widths of a desktop, a tablet and a phone. Prints the violations. PACKAGES is the folder of the npm packages.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve(process.argv[2], "package.json"));
const { HtmlValidate, StaticConfigLoader } = require("html-validate");
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const schemes = ["light", "dark"];
const widths = [1400, 800, 390];
const rules = { "long-title": "off" }; // the title contains the name of the app
const loader = new StaticConfigLoader({ extends: ["html-validate:recommended", "html-validate:document"], rules });

const shown = new Map(); // places by violation
const report = (violation, place) => shown.set(violation, [...(shown.get(violation) ?? []), place]);

async function validate(file) {
    const { results } = await new HtmlValidate(loader).validateString(readFileSync(file, "utf8"), file);
    for (const { messages } of results) {
        for (const { ruleId, message, selector, line, column } of messages) {
            report(`html-validate ${ruleId}: ${message} (${selector})`, `${line}:${column}`);
        }
    }
}

async function inspect(page, scheme, width) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 900 });
    const { violations, overflow } = await page.evaluate(async () => ({
        violations: (await globalThis.axe.run(document, { resultTypes: ["violations"] })).violations,
        overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }));
    for (const { id, impact, help, nodes } of violations) {
        for (const node of nodes) {
            const cause = node.failureSummary.split("\n").slice(1).map(line => line.trim()).join("; ");
            report(`axe ${id} (${impact}): ${help}: ${node.target.join(" ")}: ${cause}`, `${scheme} ${width} px`);
        }
    }
    if (overflow > 0) report(`the page is ${overflow} px wider than the window`, `${scheme} ${width} px`);
}

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
// The policy of the page would forbid the script of axe.
const page = await browser.newPage({ bypassCSP: true });
await page.addInitScript(axe);
for (const file of process.argv.slice(3)) {
    shown.clear();
    await validate(file);
    await page.goto(pathToFileURL(resolve(file)).href);
    await page.evaluate(() => document.querySelectorAll("details").forEach(details => { details.open = true; }));
    for (const scheme of schemes) {
        for (const width of widths) await inspect(page, scheme, width);
    }
    for (const [violation, places] of shown) {
        console.log(`${file}: ${violation} [${places.slice(0, 6).join(", ")}]`);
        process.exitCode = 1;
    }
}
await browser.close();
