// Where the page gets what it does not have: from its server.
import { readBundle } from "./engine.js";
import { Mistakes } from "./mistakes.js";
import { Service } from "./state.js";

const LONGEST_QUERY = 6000; // characters; longer states are sent in the body

/** The server that the page came from. */
export class Server {
  isServer = true;

  async module() {
    return WebAssembly.compileStreaming(fetch("module.wasm"));
  }

  worker() {
    return new Worker("worker.js");
  }

  async controls(from) {
    return this.json("controls", [new Service(from)]);
  }

  /** Inputs of a part as they are in the ready scenario, or as they were when the part was added to it. */
  async inputs({ from, set }, at) {
    return this.json("inputs", [new Service(from, at in set ? { [at]: set[at] } : {})], { at });
  }

  async tables(service) {
    return readBundle(await (await this.ask("tables", [service])).arrayBuffer());
  }

  async replicate(service, number) {
    return (await this.ask("replicate", [service], { number })).arrayBuffer();
  }

  async json(name, services, more = {}) {
    return (await this.ask(name, services, more)).json();
  }

  /** Ask for something about B, or about A and B. */
  async ask(name, services, more = {}) {
    const response = await this.send(name, services, more);
    if (response.ok) return response;
    throw await refusal(response);
  }

  send(name, services, more) {
    const query = address(services, more);
    if (query.length < LONGEST_QUERY) return fetch(`${name}?${query}`);
    const [b, a] = [services.at(-1), services.length > 1 ? services[0] : undefined];
    const body = { from: b.from, set: b.set, ...(a ? { a_from: a.from, a_set: a.set } : {}) };
    return fetch(`${name}?${new URLSearchParams(more)}`, { method: "POST", body: JSON.stringify(body) });
  }

  async upload(text) {
    const response = await fetch("upload", { method: "POST", body: text });
    if (!response.ok) throw await refusal(response);
    return response.json();
  }

  async classroom(question) {
    return (await fetch(`classroom?${new URLSearchParams({ question })}`)).json();
  }

  async tell(said) {
    return (await fetch("classroom", { method: "POST", body: JSON.stringify(said) })).json();
  }
}

/** What a server says that refuses: in JSON, or before it has looked at a request as plain text. */
async function refusal(response) {
  const text = await response.text().catch(() => "");
  try {
    return new Mistakes(JSON.parse(text).mistakes);
  } catch {
    const isPlain = response.headers.get("content-type")?.startsWith("text/plain");
    return new Mistakes([{ path: "", text: (isPlain && response.status < 500 && text.trim()) || "The server does not answer." }]);
  }
}

/** The query that asks about one service, or two. */
export function address(services, more = {}) {
  const [b, a] = [services.at(-1), services.length > 1 ? services[0] : undefined];
  return new URLSearchParams([...b.entries(), ...(a ? a.entries("a_") : []), ...Object.entries(more)]).toString();
}
