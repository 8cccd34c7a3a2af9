/** Languages of fences that other viewers draw as a picture. Here they stand as their source, with a caption that says so. */
const DIAGRAMS: Readonly<Record<string, string>> = {
  mermaid: "Mermaid",
  plantuml: "PlantUML",
  puml: "PlantUML",
  dot: "Graphviz",
  graphviz: "Graphviz",
};

/** "Diagram, as its Mermaid source"; null for any other language. @param lang as it stands behind the fence */
export function diagramCaption(lang: string | null): string | null {
  const key = lang?.toLowerCase() ?? "";
  return Object.hasOwn(DIAGRAMS, key) ? `Diagram, as its ${DIAGRAMS[key]} source` : null;
}
