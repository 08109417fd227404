/** One small network in every format: triangle a b c with a tail c - d, and what makes each format itself. */

import type { NetworkFile } from "../../../src/formats/topology/network-file.ts";
import { openTopology } from "../../../src/formats/topology/open-topology.ts";
import type { TopologyOptions } from "../../../src/formats/topology/topology-format.ts";
import { chunked } from "../contacts/collect.ts";

export interface Sample {
  readonly format: string;
  readonly text: string;
  /** Names of the edges' ends, each pair in node order, in the order of the rows. */
  readonly edges: readonly string[];
  readonly names: readonly string[];
}

const xmlDeclaration = '<?xml version="1.0" encoding="utf-8"?>';

export const samples: readonly Sample[] = [
  {
    format: "graphml",
    text: `${xmlDeclaration}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key attr.name="label" attr.type="string" for="node" id="k0"/>
  <key attr.name="Longitude" attr.type="double" for="node" id="k1"/>
  <key attr.name="Latitude" attr.type="double" for="node" id="k2"/>
  <key attr.name="Internal" attr.type="int" for="node" id="k3"><default>1</default></key>
  <key attr.name="km" attr.type="double" for="edge" id="k4"/>
  <graph edgedefault="undirected"><data key="k0">A network</data>
    <edge source="a" target="b"><data key="k4">2.5</data></edge>
    <node id="a"><data key="k0">Paris &amp; suburbs</data><data key="k1">2.35</data><data key="k2">48.85</data></node>
    <node id="b"><data key="k0">Lyon</data></node>
    <node id="c"><data key="k0">Lyon</data><data key="k3">0</data></node>
    <node id="d"/>
    <edge source="b" target="c"><data key="k4">1</data></edge>
    <edge source="c" target="a"><data key="k4">4</data></edge>
    <edge source="a" target="c"><data key="k4">3</data></edge>
    <edge source="c" target="d"><data key="k4">1e2</data></edge>
    <edge source="d" target="d"><data key="k4">1</data></edge>
  </graph></graphml>`,
    names: ["a", "b", "c", "d"],
    edges: ["a-b", "a-c", "b-c", "c-d"],
  },
  {
    format: "gml",
    text: `Creator "by hand"
# a comment
graph [
  directed 0
  edge [ source 10 target 11 km 2.5 ]
  node [ id 10 label "Paris &#38; suburbs" graphics [ x 1.5 y -2 ] ]
  node [ id 11 label "two
lines" ]
  node [ id 12 ] node [ id 13 ]
  edge [ source 11 target 12 km 1 ] edge [ source 12 target 10 km 3 ]
  edge [ source 12 target 13 km 100 ]
]
`,
    names: ["10", "11", "12", "13"],
    edges: ["10-11", "10-12", "11-12", "12-13"],
  },
  {
    format: "edge-list",
    text: "# from to km\n% another comment\na b 2.5\nb c 1\r\n\n  c a 3\nc\td 100\n",
    names: ["a", "b", "c", "d"],
    edges: ["a-b", "a-c", "b-c", "c-d"],
  },
  {
    format: "metis",
    text: "% weighted nodes and edges\n5 4 011 1\n7 2 5 3 3\n7 1 5 3 1\n7 2 1 1 3 4 100\n7 3 100\n7\n",
    names: ["1", "2", "3", "4", "5"],
    edges: ["1-2", "1-3", "2-3", "3-4"],
  },
  {
    format: "sndlib",
    text: `${xmlDeclaration}
<network xmlns="http://sndlib.zib.de/network" version="1.0">
 <networkStructure>
  <nodes coordinatesType="geographical">
   <node id="a"><coordinates><x>2.35</x><y>48.85</y></coordinates></node>
   <node id="b"><coordinates><x>4.83</x><y>45.76</y></coordinates></node>
   <node id="c"/><node id="d"/>
  </nodes>
  <links>
   <link id="1"><source>a</source><target>b</target><routingCost>2.5</routingCost></link>
   <link id="2"><source>b</source><target>c</target><routingCost>1</routingCost></link>
   <link id="3"><source>a</source><target>c</target><routingCost>3</routingCost></link>
   <link id="4"><source>c</source><target>d</target><routingCost>100</routingCost></link>
  </links>
 </networkStructure>
 <demands>
  <demand id="a_d"><source>a</source><target>d</target><demandValue>7.5</demandValue></demand>
  <demand id="d_b"><source>d</source><target>b</target><demandValue>0</demandValue></demand>
  <demand id="d_d"><source>d</source><target>d</target><demandValue>1</demandValue></demand>
 </demands>
</network>`,
    names: ["a", "b", "c", "d"],
    edges: ["a-b", "a-c", "b-c", "c-d"],
  },
  {
    format: "rocketfuel-cch",
    text: `1 @Paris,+France + bb	(2) &3 -> <2> <3> {-9} =p1.example.net r0
2 @Lyon,+France  	(2) -> <1> <3>  =p2.example.net! r1
3 @?  	(3) -> <1> <2> <4>  =p3.example.net r0
4 @Nice,+France bb	(1) -> <3>  =p4.example.net r0
-9 =other.example.org r1
`,
    names: ["1", "2", "3", "4"],
    edges: ["1-2", "1-3", "2-3", "3-4"],
  },
  {
    format: "rocketfuel-weights",
    text: "Paris,+France1 Lyon,+France2 2.5\nLyon,+France2 Paris,+France1 4\nLyon,+France2 Nice,+France3 1\n",
    names: ["Paris,+France1", "Lyon,+France2", "Nice,+France3"],
    edges: ["Paris,+France1-Lyon,+France2", "Lyon,+France2-Nice,+France3"],
  },
  {
    format: "brite",
    text: `Topology: ( 4 Nodes, 4 Edges )
Model (1 - RTWaxman):  4 1000 100 1  2  0.15 0.2 1 1 10.0 1024.0

Nodes: ( 4 )
7	912	491	2	2	3	RT_NODE
8	311	851	2	2	-1	RT_NODE
5	883	716	3	3	-1	RT_BORDER
6	1	2	1	1	-1	RT_NODE

Edges: ( 4 )
0	7	8	2.5	1.9	10.0	-1	-1	E_RT	U
1	8	5	1	0.7	10.0	-1	-1	E_RT	U
2	5	7	3	0.7	10.0	-1	-1	E_RT	U
3	5	6	100	0.7	10.0	-1	-1	E_RT	U
`,
    names: ["7", "8", "5", "6"],
    edges: ["7-8", "7-5", "8-5", "5-6"],
  },
  {
    format: "as-relationships",
    text: "# format: as0 | as1 | type\n701|7018|0\n7018|3356|-1\n3356|701|2\n3356|64512|-1|bgp\n",
    names: ["701", "7018", "3356", "64512"],
    edges: ["701-7018", "701-3356", "7018-3356", "3356-64512"],
  },
  {
    format: "node-link",
    text: `{
 "directed": false, "multigraph": false, "graph": {"edges": [1, "]"]},
 "nodes": [
  {"id": "a", "label": "Paris", "x": 1, "y": 2},
  {"id": "b", "role": "core"},
  {"id": "c"},
  {"id": "d"}
 ],
 "links": [
  {"source": "a", "target": "b", "km": 2.5},
  {"source": "b", "target": "c", "km": 1},
  {"source": "c", "target": "a", "km": 3},
  {"source": "c", "target": "d", "km": 100}
 ]
}`,
    names: ["a", "b", "c", "d"],
    edges: ["a-b", "a-c", "b-c", "c-d"],
  },
];

/** The lengths attribute under which a sample has lengths 2.5, 3, 1 and 100, in the order of its edges. */
export const lengthAttributes: Readonly<Record<string, string>> = {
  graphml: "km",
  gml: "km",
  "edge-list": "length",
  metis: "weight",
  sndlib: "routingCost",
  brite: "length",
  "node-link": "km",
};

export function sampleText(format: string): string {
  const sample = samples.find((candidate) => candidate.format === format);
  if (sample === undefined) throw new Error(`no sample of ${format}`);
  return sample.text;
}

export function open(
  text: string | Uint8Array,
  options: Partial<TopologyOptions> = {},
  chunk = 65536,
): Promise<NetworkFile> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return openTopology(chunked(bytes, [chunk]), { name: "sample", ...options });
}

/** A network's edges as "name-name", in the order of the rows. */
export function edgesOf({ topology: { names, offsets, neighbours } }: NetworkFile): string[] {
  return names.flatMap((name, node) =>
    [...neighbours.subarray(offsets[node], offsets[node + 1])]
      .filter((neighbour) => neighbour > node)
      .map((neighbour) => `${name}-${names[neighbour]}`),
  );
}

/** The length of every arc, as "name>name". */
export function lengthsOf({ topology: { names, offsets, neighbours, lengths } }: NetworkFile): Record<string, number> {
  const found: Record<string, number> = {};
  names.forEach((name, node) => {
    for (let arc = offsets[node]; arc < offsets[node + 1]; arc++) {
      found[`${name}>${names[neighbours[arc]]}`] = lengths === undefined ? Number.NaN : lengths[arc];
    }
  });
  return found;
}
