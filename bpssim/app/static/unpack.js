// The loader of a page in one file: unpacks what the file holds, and starts it.
const unpack = async (text) => {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
};
const words = async (text) => new TextDecoder().decode(await unpack(text));
const { model, kept, tables, script, worker } = JSON.parse(document.getElementById("saved").textContent);
window.saved = { model: await unpack(model), tables: await unpack(tables), kept: JSON.parse(await words(kept)), worker: await words(worker) };
const element = document.createElement("script");
element.type = "module";
element.src = URL.createObjectURL(new Blob([await words(script)], { type: "text/javascript" }));
element.onerror = () => (document.getElementById("status").textContent = "This browser does not let a file hold a page.");
document.body.append(element);
