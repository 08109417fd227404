import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/files/input-error.ts";
import { openTopology } from "../../../src/formats/topology/open-topology.ts";
import { open, sampleText } from "./samples.ts";

const graphml = (body: string) =>
  `<graphml><key id="w" for="edge" attr.name="w"/>\n<graph>\n${body}\n</graph></graphml>`;
const two = '<node id="a"/><node id="b"/>\n';
const weighed = (weight: string) => graphml(`${two}<edge source="a" target="b"><data key="w">${weight}</data></edge>`);
const brite = (nodes: string, edges: string) =>
  `Topology: ( 2 Nodes, 1 Edges )\n\nNodes: ( 2 )\n${nodes}\nEdges: ( 1 )\n${edges}\n`;

type Refused = [what: string, text: string, error: string, lengths?: string];

const refused: Refused[] = [
  ["nothing", "", "sample: empty input, expected a network"],
  ["blanks", "\n \n", "sample: empty input, expected a network"],
  ["comments alone", "# nothing\n", "sample: no nodes, expected a network"],
  ["binary data", "\x7fELF\x00\x01\n", "sample:1: binary data, expected one of"],
  ["other XML", "<html></html>", "sample:1: XML of an unknown kind, expected one of"],
  ["a JSON list", "[1]", "sample:1: a JSON list, expected one of"],
  [
    "a GraphML tag that is not closed",
    graphml(`${two}<edge source="a"`),
    "sample:5: disallowed character in attribute name",
  ],
  ["GraphML that ends early", "<graphml><graph>\n<node id='a'/>\n", "sample:3: unclosed tag: graph"],
  ["GraphML without a graph", "<graphml></graphml>", "sample: no <graph>, expected one"],
  ["GraphML without nodes", graphml(""), "sample: no nodes, expected a network"],
  ["an edge to an unknown node", graphml(`${two}\n<edge source="a" target="z"/>`), 'sample:5: unknown node "z"'],
  ["a node that stands twice", graphml('<node id="a"/>\n<node id="a"/>'), 'sample:4: node "a" stands twice'],
  ["a node without an id", graphml("<node/>"), "sample:3: <node> without an id"],
  ["an edge without a target", graphml(`${two}<edge source="a"/>`), "sample:4: <edge> without a target"],
  ["a key without an id", "<graphml><key/></graphml>", "sample:1: <key> without an id"],
  [
    "an unknown encoding",
    '<?xml version="1.0" encoding="EBCDIC-9"?><graphml/>',
    'sample:1: unknown encoding "EBCDIC-9"',
  ],
  ["a length of zero", weighed("0"), 'sample:4: edge length "0", expected a positive number', "w"],
  ["a negative length", weighed("-1"), 'sample:4: edge length "-1", expected a positive number', "w"],
  ["a length that is no number", weighed("NaN"), 'sample:4: edge length "NaN", expected a positive number', "w"],
  ["an infinite length", weighed("1e999"), 'sample:4: edge length "1e999", expected a positive number', "w"],
  ["no length", weighed(""), 'sample:4: edge without "w", which lengths were to come from', "w"],
  ["an unknown length attribute", weighed("1"), 'sample:4: edge without "x", which lengths were to come from', "x"],
  ["a GML list that has no end", "graph [\nnode [ id 1 ]\n", 'sample:2: the file ends inside "graph [", expected "]"'],
  ["a GML list too many", "graph [\n] ]\n", 'sample:2: "]" without "["'],
  ["a GML string that has no end", 'graph [\nlabel "x\ny', "sample:3: the file ends inside a string"],
  ["a GML key without a value", "graph [\nnode [ id ]\n]", 'sample:2: key "id" without a value'],
  ["a GML node without an id", "graph [\nnode [ label 1 ]\n]", "sample:2: node without an id"],
  ["a GML edge without a source", "graph [ node [ id 1 ]\nedge [ target 1 ]\n]", "sample:2: edge without a source"],
  [
    "a GML edge to an unknown node",
    "graph [ node [ id 1 ]\nedge [ source 1 target 2 ]\n]",
    'sample:2: unknown node "2"',
  ],
  [
    "an edge list's row of one column",
    "a b\nc\n",
    "sample:2: fewer than two columns, expected two nodes and perhaps a length",
  ],
  [
    "an edge list's length that is none",
    "a b 1\nb c x\n",
    'sample:2: edge length "x", expected a positive number',
    "length",
  ],
  ["a BRITE edge to an unknown node", brite("1 0 0\n2 0 0", "0 1 3"), 'sample:7: unknown node "3"'],
  ["fewer BRITE nodes than told", brite("1 0 0", "0 1 1"), "sample:5: the header tells 2 nodes, the file has 1"],
  ["fewer BRITE edges than told", brite("1 0 0\n2 0 0", ""), "sample: the header tells 1 edges, the file has 0"],
  [
    "a BRITE length attribute that is none",
    brite("1 0 0\n2 0 0", "0 1 2"),
    'sample: no edge attribute "km", expected',
    "km",
  ],
  ["a relationship that is none", "1|2|0\n2|3|7\n", 'sample:2: relationship "7", expected -1, 0, 1 or 2'],
  ["a router's neighbour that is none", "1 @x (1) -> <2>  =a r0\n", 'sample:1: unknown node "2"'],
  ["a Rocketfuel line that is none", "1 @x (0) -> =a r0\n2 nonsense\n", 'sample:2: "2 nonsense", expected "uid @place'],
  ["a Rocketfuel weight of zero", "A,+X1 B,+X2 0\n", 'sample:1: edge length "0", expected a positive number'],
  ["JSON that ends early", '{"nodes": [\n', "sample:2: malformed JSON"],
  ["JSON without nodes", "{}", 'sample: no list "nodes", expected an object with nodes and links'],
  ["JSON without links", '{"nodes": []}', 'sample: no list "edges", expected an object with nodes and links'],
  ["JSON with no nodes", '{"nodes": [], "links": []}', "sample: no nodes, expected a network"],
  [
    "a JSON link to an unknown node",
    '{"nodes": [{"id": 1}],\n"links": [\n{"source": 1, "target": 1},\n{"source": 1, "target": 2}]}',
    "sample:4: links[1]: target 2 is no node",
  ],
  [
    "a JSON node that stands twice",
    '{"nodes": [{"id": 1},\n{"id": "1"}], "links": []}',
    'sample:2: nodes[1]: node "1" stands twice',
  ],
  ["a JSON node that is none", '{"nodes": [\n3], "links": []}', "sample:2: nodes[0]: no object"],
  [
    "a JSON length that is none",
    '{"nodes": [{"id": 1}, {"id": 2}], "links": [\n{"source": 1, "target": 2, "w": -1}]}',
    'sample:2: edge length "-1", expected a positive number',
    "w",
  ],
  [
    "a demand that is negative",
    sampleText("sndlib").replace("7.5", "-7"),
    'sample:17: demand of "-7", expected a number',
  ],
  [
    "a demand without a target",
    sampleText("sndlib").replace("<target>d</target><demandValue>7", "<demandValue>7"),
    "sample:17: <demand> without a <target>",
  ],
  [
    "a link to an unknown node",
    sampleText("sndlib").replace("<target>c</target><routingCost>1", "<target>z</target><routingCost>1"),
    'sample:11: unknown node "z"',
  ],
];

describe("what cannot be read is refused in one line", () => {
  it.each(refused.map(([what, text, error, lengths]) => ({ what, text, error, lengths })))("$what", async ({
    text,
    error,
    lengths,
  }) => {
    const options = lengths === undefined ? {} : { lengths };
    await expect(open(text, options)).rejects.toThrow(InputError);
    await expect(open(text, options)).rejects.toThrow(error);
    await expect(open(text, options, 1)).rejects.toThrow(/^[^\n]*$/);
  });

  it.each([
    ["3 2\n2\n1 3\n", "sample: the header tells 3 nodes, the file has rows of 2"],
    ["1000000000000 5\n\n", "sample:1: 1000000000000 nodes, expected less than 2147483648"],
    ["2000000000 5\n\n", "sample: the header tells 2000000000 nodes, the file has rows of 1"],
    ["2 1\n3\n1\n", 'sample:2: unknown node "3", expected 1 to 2'],
    ["2 1\n2\n0\n", 'sample:3: unknown node "0", expected 1 to 2'],
    ["2 1\n2\n1\n1\n", "sample:4: a row behind those of the header's 2 nodes"],
    ["2 1 7\n2\n1\n", 'sample:1: fmt "7", expected up to three of 0 and 1'],
    ["2 1 1\n2\n1 1\n", "sample:2: 1 columns do not fit the header's fmt"],
    ["x y\n", 'sample:1: header "x y", expected "nodes edges [fmt [constraints]]"'],
    ["% nothing\n", "sample: no header, expected numbers of nodes and edges"],
    ["0 0\n", "sample: no nodes, expected a network"],
  ])("a METIS graph %j", async (text, error) => {
    await expect(open(text, { format: "metis" })).rejects.toThrow(error);
  });

  it("an unknown format, before anything is read", async () => {
    await expect(open("a b\n", { format: "pajek" })).rejects.toThrow(
      'sample: unknown format "pajek", expected one of graphml, gml,',
    );
  });
});

describe("XML that is made to do harm", () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "${"&a;".repeat(10)}"><!ENTITY c "${"&b;".repeat(10)}">]><graphml><graph><node id="&c;"/></graph></graphml>`;

  it("is refused if it declares entities: expanding, external or none of these", async () => {
    await expect(open(laughs)).rejects.toThrow("sample:1: the document declares entities, which are not expanded");
    const external =
      '<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml><graph><node id="&x;"/></graph></graphml>';
    await expect(open(external, { format: "graphml" })).rejects.toThrow("the document declares entities");
    await expect(open("<graphml><graph><node id='&x;'/></graph></graphml>")).rejects.toThrow(
      "sample:1: undefined entity",
    );
    await expect(open(laughs.replace("graphml", "network"), { format: "sndlib" })).rejects.toThrow(InputError);
  });

  it("is refused early if one tag, text, attribute list or nesting is too large, however long the stream is", async () => {
    let asked = 0;
    async function* endless(head: string, part: string): AsyncGenerator<Uint8Array> {
      const encoder = new TextEncoder();
      yield encoder.encode(head);
      const chunk = encoder.encode(part.repeat(Math.ceil(65536 / part.length)));
      for (;;) {
        asked += chunk.length;
        yield chunk;
      }
    }
    const cases: readonly (readonly [head: string, part: string, error: RegExp])[] = [
      ["<graphml><graph><node id='", "x", /more than 1048576 characters without a tag/],
      ["<graphml><graph><node ", "y='1' ", /duplicate attribute|attributes/],
      ["<graphml><graph><!-- ", "x ", /more than 1048576 characters without a tag/],
      ["<graphml><graph>", "<node>", /<node> without an id|nested/],
      ["<graphml><graph><data>", `${"x".repeat(100)}<b/>`, /text of more than 1048576 characters/],
      ["<!DOCTYPE graphml [", "<!ELEMENT x ANY>", /more than 1048576 characters without a tag/],
      ["<network>", "<network>", /nested more than 64 deep/],
    ];
    for (const [head, part, error] of cases) {
      asked = 0;
      const format = head.startsWith("<network") ? "sndlib" : "graphml";
      await expect(openTopology(endless(head, part), { name: "sample", format }), head).rejects.toThrow(error);
      expect(asked, head).toBeLessThan(40_000_000);
    }
  });

  it("many attributes of one element are no quadratic cost", async () => {
    const attributes = Array.from({ length: 200_000 }, (_, index) => `a${index}="1"`).join(" ");
    const started = performance.now();
    await expect(open(`<graphml ${attributes}/>`)).rejects.toThrow("element with more than 256 attributes");
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe("text that is made to do harm", () => {
  it("is refused if nested too deeply or too long", async () => {
    await expect(open(`graph ${"[ a ".repeat(100)}`)).rejects.toThrow("sample:1: lists nested more than 64 deep");
    await expect(open(`graph [ label "${"x\n".repeat(2_000_000)}`, { format: "gml" })).rejects.toThrow(
      "string of more than",
    );
    await expect(open(`{"nodes": ${"[".repeat(1_000_000)}`)).rejects.toThrow("malformed JSON");
  });

  it("takes no quadratic time, whatever it repeats", async () => {
    const many = (part: string) => part.repeat(Math.ceil(300_000 / part.length));
    const texts: readonly (readonly [text: string, format?: string | undefined, lengths?: string])[] = [
      [`a\tb${many(" ")}c\n`, "edge-list"],
      [`a, b${many(" ")}c\n`, "edge-list"],
      [`a b ${many("1")}x\n`, "edge-list", "length"],
      [`a b ${many("1")}\n`, "edge-list", "length"],
      [`1|2${many(" ")}|x\n`, "as-relationships"],
      [`1 @x${many(" ")}x\n`],
      [`1 @x${many(" +")}x\n`, "rocketfuel-cch"],
      [`1 @x (1) -> ${many("<1")} =x r0\n`],
      [many("x,+"), "rocketfuel-weights"],
      [`${many("x,+")} y\n`],
      [many("<!--")],
      [`<${many("a.")}`],
      [many("graph ")],
      [`graph [ ${many("a 1 ")}`],
      [many("1 ")],
      [many("1 2\n"), "metis"],
      [many('{"nodes":')],
      [
        `{"nodes": [{"id": 0}], "links": [${many('{"source": 0, "target": 0, "w": "1"},')}{"source": 0, "target": 0, "w": "1"}]}`,
        undefined,
        "w",
      ],
      [`<graphml>${Array.from({ length: 5000 }, (_, key) => `<key id="${key}"><default>1</default></key>`).join("")}`],
    ];
    for (const [text, format, lengths] of texts) {
      const started = performance.now();
      const options = { ...(format === undefined ? {} : { format }), ...(lengths === undefined ? {} : { lengths }) };
      await open(text, options).catch((error: unknown) => expect(error).toBeInstanceOf(InputError));
      expect(performance.now() - started, text.slice(0, 30)).toBeLessThan(1500);
    }
  });
});
