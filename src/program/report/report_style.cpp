#include "report/report_page.hpp"

namespace applivery::program {

// For a phone, a wide screen, a dark color scheme and paper. Change the hash with the style sheet; a test compares
// them. The states differ in lightness and in pattern, because colors alone look alike in print and to the
// color-blind.
const std::string_view reportStyle = R"(
:root{color-scheme:light dark;--back:#fff;--card:#f6f7f9;--text:#1b1f24;--soft:#57606a;--line:#d4d9df;--link:#1f5fa8;--processed:#3f8f68;--failed:#8c1515;--progress:#e0a030;--pending:#cfd6de;--other:#5a4fc0;--ink-failed:#e9b8b4;--ink-progress:#8a5a00;--ink-pending:#6b7682;--ink-other:#cfc9f5;--bar:#3b73b9;--p90:#b3541e;--mark:#9a2d28}
@media (prefers-color-scheme:dark){:root{--back:#14171b;--card:#1d2126;--text:#e6e9ed;--soft:#a3adb8;--line:#363c44;--link:#8ab8f0;--processed:#2f8060;--failed:#ffb9b2;--progress:#d9a441;--pending:#46505b;--other:#8b7fe8;--ink-failed:#8c1515;--ink-progress:#5c3d00;--ink-pending:#a3adb8;--ink-other:#2b2470;--bar:#6fa3e3;--p90:#f0945a;--mark:#ff9d97}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:80rem;background:var(--back);color:var(--text);font:1rem/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
h1{margin:.5rem 0 0;font-size:1.6rem}
h2{margin:2rem 0 .75rem;font-size:1.2rem}
h3{margin:0 0 .25rem;font-size:1rem}
a{color:var(--link)}
header p,footer,.note,small,.none{color:var(--soft)}
header p{margin:.25rem 0 1rem}
footer{margin-top:2rem;border-top:1px solid var(--line);font-size:.85rem}
.note,.none{margin:.5rem 0;font-size:.85rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin-top:1rem}
.tile{display:flex;flex-direction:column;padding:.75rem 1rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
.tile strong{font-size:1.7rem;line-height:1.2;font-variant-numeric:tabular-nums}
.attention,.calm{padding:.5rem 1rem;border:1px solid var(--line);border-left:.4rem solid var(--failed);border-radius:.5rem;background:var(--card)}
.calm{border-left-color:var(--processed)}
.attention h2{margin:.25rem 0}
.attention ul{margin:.25rem 0;padding-left:1.25rem}
.wide{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:.875rem}
th,td{padding:.35rem .5rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;min-width:5.75rem;max-width:22rem}
th{overflow-wrap:normal}
.failures td:nth-child(n+3){min-width:14rem}
.failures td:nth-child(3){min-width:19rem;max-width:34rem}
small a,time{white-space:nowrap}
.profiles th,.profiles td{min-width:0;overflow-wrap:break-word}
thead th{color:var(--soft);font-weight:600}
tbody th{font-weight:400}
.number,.weeks td{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.weeks tbody th{font-variant-numeric:tabular-nums;white-space:nowrap}
.mark{color:var(--mark);font-weight:600}
.orders{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:0 1.5rem;font-size:.875rem}
.orders ol{margin:0 0 1rem;padding-left:2rem}
.pictures{display:grid;grid-template-columns:minmax(0,1fr);gap:.75rem;align-items:start}
.group{margin-top:1.5rem;padding-top:.75rem;border-top:1px solid var(--line)}
figure{margin:0;padding:.75rem;break-inside:avoid;border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
.small figure{height:100%}
figcaption{margin-bottom:.5rem;font-weight:600}
.small figcaption{font-size:.875rem}
summary{margin-top:.5rem;cursor:pointer;color:var(--soft);font-size:.85rem}
@media (min-width:35rem){.pictures{grid-template-columns:repeat(2,minmax(0,1fr))}}
@media (min-width:60rem){.pictures{grid-template-columns:repeat(3,minmax(0,1fr))}.small{grid-template-columns:repeat(4,minmax(0,1fr))}}
.patterns{position:absolute}
.chart{display:block;width:100%;height:auto}
.chart text{fill:var(--text);font-size:11px;font-family:system-ui,sans-serif;unicode-bidi:isolate}
.chart .title{fill:var(--soft)}
.chart .middle{text-anchor:middle}
.chart .end{text-anchor:end}
.axis{stroke:var(--soft);fill:none}
.grid{stroke:var(--line);fill:none}
.area.processed{fill:var(--processed)}
.area.failed{fill:url(#fill-failed)}
.area.progress{fill:url(#fill-progress)}
.area.pending{fill:url(#fill-pending)}
.area.other{fill:url(#fill-other)}
.area.bar{fill:var(--bar)}
.stem.processed{stroke:var(--processed)}
.stem.failed{stroke:url(#fill-failed)}
.stem.progress{stroke:url(#fill-progress)}
.stem.pending{stroke:url(#fill-pending)}
.stem.other{stroke:url(#fill-other)}
.unfinished{fill:url(#fill-unfinished)}
.base.failed{fill:var(--failed)}
.base.progress{fill:var(--progress)}
.base.pending{fill:var(--pending)}
.base.other{fill:var(--other)}
.base.unfinished{fill:var(--card);fill-opacity:.35}
.ink.failed{fill:var(--ink-failed)}
.ink.progress{fill:var(--ink-progress)}
.ink.pending{fill:var(--ink-pending)}
.ink.other{fill:var(--ink-other)}
.ink.unfinished{fill:var(--soft)}
.beyond{fill:var(--mark)}
.remark{stroke:var(--mark);stroke-dasharray:2 2}
.line{fill:none;stroke-width:1.75;stroke-linejoin:round}
.dots{fill:none;stroke-width:5;stroke-linecap:round}
.p50{stroke:var(--bar)}
.p90{stroke:var(--p90)}
.line.p90{stroke-dasharray:5 3}
.point.p50{fill:var(--bar)}
.point.p90{fill:none;stroke-width:1.25}
@page{size:landscape;margin:.8cm}
@media print{:root{color-scheme:light;--back:#fff;--card:#fff;--text:#000;--soft:#444;--line:#bbb;--link:#000;--processed:#3f8f68;--failed:#8c1515;--progress:#e0a030;--pending:#cfd6de;--other:#5a4fc0;--ink-failed:#e9b8b4;--ink-progress:#8a5a00;--ink-pending:#6b7682;--ink-other:#cfc9f5;--bar:#3b73b9;--p90:#b3541e;--mark:#9a2d28}body{max-width:none;padding:0;font-size:9pt}table,.note,.small figcaption{font-size:8pt}th,td{padding:.2rem .3rem}th,td,.failures td:nth-child(n+3){min-width:0}.group{margin-top:.25rem;padding-top:.1rem}.note{margin:.1rem 0;line-height:1.25}h3,figcaption{margin-bottom:.1rem}.small figure{padding:.25rem}.tile,tr,li{break-inside:avoid}.tiles{grid-template-columns:repeat(4,1fr)}.pictures{grid-template-columns:repeat(3,minmax(0,1fr));gap:.4rem}.small{grid-template-columns:repeat(4,minmax(0,1fr))}figure{padding:.4rem}h2,h3,h2+.note{break-after:avoid}h2{margin-top:1rem}.wide{overflow:visible}.group{break-inside:avoid}details:not([open]){display:none}.chart{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
)";

const std::string_view reportStyleHash = "pUPA+0je5pQfPNv8sk6QBUuWcfdYgo1TYmG5EOLWxlM=";

}  // namespace applivery::program
