// Reads code as its own tools do, and tells what is in it: `[[language, code], …]` comes
// in, `[[shape, texts], …]` goes out. Shapes name every node and no text; texts are all
// that a visitor, a browser or a program would be given. Run with tests/npm in reach.
import { parse as astro } from "@astrojs/compiler";
import { parse as vue } from "@vue/compiler-sfc";
import { parse as html } from "parse5";
import postcss from "postcss";
import { parse as svelte } from "svelte/compiler";
import ts from "typescript";

/** A script's syntax tree: kinds of nodes, and the values of its literals. */
function script(code, kind, found) {
  const file = ts.createSourceFile("x", code, ts.ScriptTarget.Latest, true, kind);
  if (file.parseDiagnostics.length) throw new Error(JSON.stringify([code, file.parseDiagnostics[0].messageText]));
  const visit = (node) => {
    found.shape.push(ts.SyntaxKind[node.kind]);
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) found.texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
}

function style(code, found) {
  postcss.parse(code).walk((node) => {
    found.shape.push(node.type + (node.prop ?? node.selector ?? ""));
    if (node.value) found.texts.push(node.value);
  });
}

/** A page's tree, its scripts and styles read in their turn. */
function page(code, found) {
  const visit = (node) => {
    found.shape.push(node.nodeName);
    for (const { name, value } of node.attrs ?? []) {
      found.shape.push("@" + name);
      found.texts.push(value);
    }
    const inside = (node.childNodes ?? []).map((one) => one.value ?? "").join("");
    if (node.nodeName === "script") script(inside, ts.ScriptKind.JS, found);
    else if (node.nodeName === "style") style(inside, found);
    else node.childNodes?.forEach(visit);
    if (node.nodeName === "#text") found.texts.push(node.value);
  };
  visit(html("<!doctype html><meta charset=utf-8><body>" + code));
}

/** Any tool's tree, for the names of its nodes. */
function tree(root, found, kind = "type") {
  const visit = (value) => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!value || typeof value !== "object") return;
    if (value[kind] !== undefined) found.shape.push(String(value[kind]));
    for (const [name, inner] of Object.entries(value)) if (!SKIPPED.has(name)) visit(inner);
  };
  visit(root);
}
const SKIPPED = new Set(["parent", "loc", "position", "start", "end", "metadata", "codegenNode", "source"]);

const READERS = {
  html: page,
  svg: page,
  javascript: (code, found) => script(code, ts.ScriptKind.JS, found),
  jsx: (code, found) => script(code, ts.ScriptKind.JSX, found),
  typescript: (code, found) => script(code, ts.ScriptKind.TS, found),
  async astro(code, found) {
    const { ast } = await astro(code);
    tree(ast, found);
    page(code, found);
  },
  svelte(code, found) {
    tree(svelte(code, { modern: true }), found);
    page(code, found);
  },
  vue(code, found) {
    const { descriptor, errors } = vue(code);
    if (errors.length) throw errors[0];
    tree(descriptor.template?.ast, found);
    if (descriptor.template) page(descriptor.template.content, found);
    if (descriptor.scriptSetup) script(descriptor.scriptSetup.content, ts.ScriptKind.JS, found);
  },
  text: () => {},
};

let asked = "";
for await (const part of process.stdin.setEncoding("utf8")) asked += part;
const told = [];
for (const [language, code] of JSON.parse(asked)) {
  const found = { shape: [], texts: [] };
  await READERS[language](code, found);
  told.push([found.shape.join(" "), found.texts]);
}
console.log(JSON.stringify(told));
