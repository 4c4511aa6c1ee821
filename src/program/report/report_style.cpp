#include "report/report_page.hpp"

namespace applivery::program {

// For a phone, a wide screen, a dark color scheme and paper. Change the hash with the style sheet; a test compares
// them.
const std::string_view reportStyle = R"(
:root{color-scheme:light dark;--back:#fff;--card:#f6f7f9;--text:#1b1f24;--soft:#57606a;--line:#d4d9df;--processed:#2f7d5b;--failed:#c93c37;--progress:#d99a1c;--pending:#8b97a5;--other:#6f5bb5;--bar:#3b73b9;--p90:#b3541e;--mark:#9a2d28}
@media (prefers-color-scheme:dark){:root{--back:#14171b;--card:#1d2126;--text:#e6e9ed;--soft:#a3adb8;--line:#363c44;--processed:#4fb286;--failed:#f0716a;--progress:#e3b341;--pending:#8b97a5;--other:#a999e8;--bar:#6fa3e3;--p90:#f0945a;--mark:#ff9d97}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:75rem;background:var(--back);color:var(--text);font:1rem/1.45 system-ui,sans-serif}
h1{margin:.5rem 0 0;font-size:1.6rem;overflow-wrap:anywhere}
h2{margin:2rem 0 .75rem;font-size:1.2rem}
header p,footer,.note,small,.none{color:var(--soft)}
header p{margin:.25rem 0 1rem}
footer{margin-top:2rem;border-top:1px solid var(--line);font-size:.85rem}
.note,.none{margin:.5rem 0;font-size:.85rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem}
.tile{display:flex;flex-direction:column;padding:.75rem 1rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
.tile strong{font-size:1.7rem;line-height:1.2;font-variant-numeric:tabular-nums}
.warning{padding:.25rem 1rem;border:2px solid var(--failed);border-radius:.5rem;margin-bottom:1rem;overflow-wrap:anywhere}
.warning h2{margin:.5rem 0}
.wide{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:.875rem}
th,td{padding:.4rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;min-width:6.5rem;max-width:22rem;overflow-wrap:anywhere}
.failures td:nth-child(n+3){min-width:17rem}
thead th{color:var(--soft);font-weight:600;overflow-wrap:normal}
tbody th{font-weight:400}
.number{text-align:right;font-variant-numeric:tabular-nums}
.mark{color:var(--mark);font-weight:600}
.pictures{columns:26rem;column-gap:1rem}
figure{margin:0 0 1rem;padding:.75rem;break-inside:avoid;border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
figcaption{margin-bottom:.5rem;font-weight:600}
figcaption::first-letter{text-transform:uppercase}
summary{margin-top:.5rem;cursor:pointer;color:var(--soft);font-size:.85rem}
.chart{display:block;width:100%;height:auto;max-width:36rem}
.chart text{fill:var(--text);font-size:11px;font-family:system-ui,sans-serif;unicode-bidi:isolate}
.chart .title{fill:var(--soft)}
.chart .middle{text-anchor:middle}
.chart .end{text-anchor:end}
.axis{stroke:var(--soft)}
.grid{stroke:var(--line)}
.area{stroke:var(--card);stroke-width:.5}
.area.processed{fill:var(--processed)}
.area.failed{fill:var(--failed)}
.area.progress{fill:var(--progress)}
.area.pending{fill:var(--pending)}
.area.other{fill:var(--other)}
.area.bar{fill:var(--bar)}
.line{fill:none;stroke-width:1.75;stroke-linejoin:round}
.line.p50{stroke:var(--bar)}
.line.p90{stroke:var(--p90);stroke-dasharray:5 3}
.point.p50{fill:var(--bar)}
.point.p90{fill:none;stroke:var(--p90);stroke-width:1.25}
@media print{:root{--back:#fff;--card:#fff;--text:#000;--soft:#444;--line:#bbb;--processed:#2f7d5b;--failed:#c93c37;--progress:#d99a1c;--pending:#8b97a5;--other:#6f5bb5;--bar:#3b73b9;--p90:#b3541e;--mark:#9a2d28}body{max-width:none;padding:0;font-size:10pt}.tile,tr{break-inside:avoid}.pictures{display:grid;grid-template-columns:1fr 1fr;gap:.75rem}figure{margin:0}h2{break-after:avoid}.wide{overflow:visible}figure details:not([open]){display:none}.area{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
)";

const std::string_view reportStyleHash = "wjGe/pREla596jb7U23Gyykz55QeKykO0XJH5BdUAE0=";

}  // namespace applivery::program
