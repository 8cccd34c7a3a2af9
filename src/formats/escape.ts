/** Text of a record inside other languages: it stays text, whatever stands in it. */
import { showUnseen } from "../model/unseen.ts";

/** Markdown inside a line or a cell, in which nothing is markup: no emphasis, no link, no cell, no HTML. */
export function escapeMarkdown(text: string): string {
  return showUnseen(text.replace(/\s+/g, " ").trim())
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_{}[\]#!|~]/g, "\\$&");
}

/** The same at the beginning of a line, where figures and dashes would make a list, a rule or a heading. */
export function escapeMarkdownLine(text: string): string {
  return escapeMarkdown(text)
    .replace(/^[-=+]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}

/** Text or attribute of XML 1.0, which cannot hold control characters at all. */
export function escapeXml(text: string): string {
  return showUnseen(text)
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\t", "&#9;")
    .replaceAll("\n", "&#10;");
}
