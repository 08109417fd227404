import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openDemands } from "../../../src/formats/topology/sndlib.ts";
import { chunked } from "../contacts/collect.ts";
import { edgesOf, lengthAttributes, lengthsOf, open, samples, sampleText } from "./samples.ts";

describe.each(samples)("a network in $format", ({ format, text, names, edges }) => {
  it("is told by its content, and read in the order of the file", async () => {
    const network = await open(text);
    expect(network.format).toBe(format);
    expect(network.topology.names).toEqual(names);
    expect(edgesOf(network)).toEqual(edges);
    expect(network.labels).toHaveLength(names.length);
    expect(network.attributes).toHaveLength(names.length);
  });

  it("is the same however it is cut, packed, or with other line ends", async () => {
    const whole = await open(text);
    for (const chunk of [1, 3, 64]) expect(await open(text, {}, chunk)).toEqual(whole);
    expect(await open(text, { format })).toEqual(whole);
    expect(await open(text.replaceAll("\r", "").replaceAll("\n", "\r\n"))).toMatchObject({ topology: whole.topology });
    expect(await open(gzipSync(text))).toEqual(whole);
  });

  it("has the lengths that are asked for, and none otherwise", async () => {
    const lengths = lengthAttributes[format];
    if (lengths === undefined) return;
    expect((await open(text)).topology.lengths).toBeUndefined();
    const network = await open(text, { lengths });
    const found = lengthsOf(network);
    expect(edges.map((edge) => found[edge.replace("-", ">")])).toEqual([format === "metis" ? 5 : 2.5, 3, 1, 100]);
    expect(network.directedLengths).toBe(false);
  });
});

describe("a network's notes", () => {
  it("tell what was merged and dropped", async () => {
    const network = await open(sampleText("graphml"));
    expect(network.notes).toEqual([
      "1 parallel edge merged",
      "1 self-loop dropped",
      "2 nodes' labels are not unique and show the node's name too",
    ]);
    expect((await open("a b\nb a\nc c\n")).notes).toEqual([
      "1 parallel edge merged",
      "1 self-loop dropped",
      "1 node has no edges",
    ]);
  });

  it("tell of directed edges", async () => {
    const text = sampleText("node-link").replace('"directed": false', '"directed": true');
    expect((await open(text)).notes).toEqual(["4 directed edges taken as undirected"]);
    expect((await open(sampleText("rocketfuel-weights"))).notes).toEqual(["1 directed edge taken as undirected"]);
  });

  it("tell of METIS rows that disagree with each other or the header", async () => {
    expect((await open("3 2\n2\n\n1 2\n", { format: "metis" })).notes).toEqual([
      "the header tells 2 edges, the rows hold 1.5",
      "3 edges stand in one row only",
    ]);
  });

  it("count relationships, external routers, further graphs", async () => {
    expect((await open(sampleText("as-relationships"))).notes).toEqual([
      "1 peer to peer",
      "2 provider to customer",
      "1 sibling to sibling",
    ]);
    expect((await open(sampleText("rocketfuel-cch"))).notes).toEqual(["1 router of another provider left out"]);
    expect((await open("graph [ node [ id 1 ] ]\ngraph [ node [ id 1 ] ]\n")).notes).toEqual([
      "1 further graph left out",
      "1 node has no edges",
    ]);
  });
});

describe("lengths", () => {
  it("may differ by direction; a direction without one takes the other's", async () => {
    const network = await open(sampleText("rocketfuel-weights"));
    expect(network.directedLengths).toBe(true);
    expect(lengthsOf(network)).toEqual({
      "Paris,+France1>Lyon,+France2": 2.5,
      "Lyon,+France2>Paris,+France1": 4,
      "Lyon,+France2>Nice,+France3": 1,
      "Nice,+France3>Lyon,+France2": 1,
    });
  });

  it("of directed and undirected edges in one file hold for their own directions", async () => {
    const text = sampleText("graphml").replace(
      '<edge source="a" target="b">',
      '<edge source="a" target="b" directed="true">',
    );
    const lengths = lengthsOf(await open(text, { lengths: "km" }));
    expect([lengths["a>b"], lengths["b>a"], lengths["a>c"], lengths["c>a"]]).toEqual([2.5, 2.5, 3, 3]);
  });

  it("may be a key's default in GraphML", async () => {
    const text = sampleText("graphml")
      .replace('for="edge" id="k4"/>', 'for="edge" id="k4"><default>9</default></key>')
      .replace('<data key="k4">2.5</data>', "");
    expect(lengthsOf(await open(text, { lengths: "km" }))["a>b"]).toBe(9);
  });

  it("of SNDlib links that all stand in both directions hold for their own", async () => {
    const link = (source: string, target: string, cost: number) =>
      `<link id="${source}${target}"><source>${source}</source><target>${target}</target><module><cost>${cost}</cost></module></link>`;
    const text = `<network><networkStructure><nodes><node id="a"/><node id="b"/></nodes><links>${link("a", "b", 2)}${link("b", "a", 3)}</links></networkStructure></network>`;
    const network = await open(text, { lengths: "module.cost" });
    expect(lengthsOf(network)).toEqual({ "a>b": 2, "b>a": 3 });
    expect(network.notes).toEqual(["2 links, all in both directions"]);
    expect(network.demands).toBeUndefined();
  });
});

describe("labels, attributes and places", () => {
  it("come from GraphML's data, typed, with defaults", async () => {
    const { labels, attributes, coordinates } = await open(sampleText("graphml"));
    expect(labels).toEqual(["Paris & suburbs", "Lyon (b)", "Lyon (c)", "d"]);
    expect(attributes[0]).toEqual({ label: "Paris & suburbs", Longitude: 2.35, Latitude: 48.85, Internal: 1 });
    expect(attributes[2]).toEqual({ label: "Lyon", Internal: 0 });
    expect(coordinates).toEqual({
      kind: "geographic",
      x: Float64Array.of(2.35, Number.NaN, Number.NaN, Number.NaN),
      y: Float64Array.of(48.85, Number.NaN, Number.NaN, Number.NaN),
    });
  });

  it("come from GML's nested lists, with entities and strings of several lines", async () => {
    const { labels, attributes, coordinates } = await open(sampleText("gml"));
    expect(labels).toEqual(["Paris & suburbs", "two\nlines", "12", "13"]);
    expect(attributes[0]).toMatchObject({ "graphics.x": 1.5, "graphics.y": -2 });
    expect(coordinates?.kind).toBe("plane");
  });

  it("come from Rocketfuel, BRITE and SNDlib", async () => {
    const routers = await open(sampleText("rocketfuel-cch"));
    expect(routers.attributes[0]).toEqual({
      place: "Paris,+France",
      backbone: true,
      plus: true,
      name: "p1.example.net",
      radius: 0,
    });
    expect(routers.labels[1]).toBe("p2.example.net");
    const brite = await open(sampleText("brite"));
    expect(brite.attributes.map((attributes) => attributes.type)).toEqual([
      "RT_NODE",
      "RT_NODE",
      "RT_BORDER",
      "RT_NODE",
    ]);
    expect([...(brite.coordinates?.x ?? [])]).toEqual([912, 311, 883, 1]);
    expect((await open(sampleText("sndlib"))).coordinates?.kind).toBe("geographic");
  });

  it("keep names such as __proto__ as they are", async () => {
    const network = await open('{"nodes": [{"id": "__proto__", "__proto__": "x", "constructor": "y"}], "links": []}');
    expect(network.topology.names).toEqual(["__proto__"]);
    expect(Object.entries(network.attributes[0])).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
  });
});

describe("demands", () => {
  it("stand in SNDlib's networks", async () => {
    const network = await open(sampleText("sndlib"));
    expect(network.demands).toEqual([
      { source: 0, target: 3, value: 7.5 },
      { source: 3, target: 1, value: 0 },
    ]);
    expect(network.notes).toEqual(["1 demand of a node to itself left out"]);
  });

  it("may be given beside them, by name", async () => {
    const { topology } = await open(sampleText("edge-list"));
    const read = (text: string) =>
      openDemands(chunked(new TextEncoder().encode(text)), { name: "matrix.xml", topology });
    expect((await read(sampleText("sndlib"))).demands).toHaveLength(2);
    await expect(
      read(sampleText("sndlib").replace("<target>b</target><demandValue>0", "<target>z</target><demandValue>0")),
    ).rejects.toThrow('matrix.xml:18: unknown node "z", the network has none of that name');
    await expect(read("<network/>")).rejects.toThrow("matrix.xml: no <demands>, expected a demand matrix");
  });
});

describe("columns and references", () => {
  it.each([
    "a,b,2\nb,c,3\n",
    "a, b, 2\nb, c, 3\n",
    "a\tb\t2\nb\tc\t3\n",
    "a;b;2\nb;c;3\n",
    "a b 2 x y\nb c 3\n",
  ])("of an edge list may be set apart in any way: %j", async (text) => {
    const network = await open(text, { lengths: "length" });
    expect(network.format).toBe("edge-list");
    expect(lengthsOf(network)).toEqual({ "a>b": 2, "b>a": 2, "b>c": 3, "c>b": 3 });
  });

  it("an edge list of numbers is no METIS graph, unless its name says so", async () => {
    expect((await open("4 3 1\n1 2 1\n2 3 1\n")).format).toBe("edge-list");
    expect((await open("3 2\n2 3\n1\n1\n")).format).toBe("metis");
    expect((await open("2 1\n2\n1\n", { name: "pair.graph" })).format).toBe("metis");
  });

  it("AS relationships may be set apart by blanks", async () => {
    const network = await open("1 2 -1\n2 3 0\n", { format: "as-relationships" });
    expect(edgesOf(network)).toEqual(["1-2", "2-3"]);
  });

  it.each([
    ["indices (d3 version 3)", '{"nodes":[{"name":"a"},{"name":"b"}],"links":[{"source":0,"target":1}]}', ["a-b"]],
    ["ids that are numbers", '{"nodes":[{"id":1},{"id":0}],"edges":[{"source":1,"target":0}]}', ["1-0"]],
    [
      "nodes (d3 after a simulation)",
      '{"nodes":[{"id":"a"},{"id":"b"}],"links":[{"source":{"id":"a"},"target":{"id":"b"}}]}',
      ["a-b"],
    ],
    [
      "tuples (networkx)",
      '{"nodes":[{"id":[0,1]},{"id":[0,2]}],"links":[{"source":[0,1],"target":[0,2]}]}',
      ["[0,1]-[0,2]"],
    ],
  ])("node-link links may name their ends by %s", async (_, text, edges) => {
    expect(edgesOf(await open(text))).toEqual(edges);
  });

  it("XML may be in another encoding, with prefixes and a document type without entities", async () => {
    const text = `<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE g:graphml SYSTEM "graphml.dtd"><g:graphml xmlns:g="x"><g:key id="l" attr.name="label" for="node"/><g:graph><g:node id="1"><g:data key="l">Orl\u00e9ans</g:data></g:node></g:graph></g:graphml>`;
    expect((await open(Uint8Array.from(Buffer.from(text, "latin1")))).labels).toEqual(["Orl\u00e9ans"]);
    expect(
      (await open(Uint8Array.from(Buffer.from(`\ufeff${sampleText("graphml")}`, "utf16le")), { format: "graphml" }))
        .topology.names,
    ).toHaveLength(4);
    expect((await open(`\ufeff${sampleText("graphml")}`)).format).toBe("graphml");
  });
});

const compressors = ["bzip2", "xz", "zstd"].filter((tool) => existsSync(`/usr/bin/${tool}`));
describe.skipIf(compressors.length === 0)("compression by a tool of this machine", () => {
  it.each(compressors)("%s is taken off", async (tool) => {
    const packed = execFileSync(tool, ["-c"], { input: sampleText("brite") });
    expect((await open(new Uint8Array(packed))).format).toBe("brite");
  });
});
