import { describe, expect, it } from "vitest";
import { collect } from "./collect.ts";

const zeek = [
  "#separator \\x09",
  "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto",
  "#types\ttime\tstring\taddr\tport\taddr\tport\tenum",
  "1521911720.865716\tC1\t10.47.1.100\t41772\t10.0.0.100\t53\tudp",
  "-\tC2\tfe80::1\t133\tff02::2\t134\ticmp",
  "1.5\tC3\t-\t-\t-\t-\t-",
  "#close\t2018-03-24",
  "",
].join("\n");

describe("a Zeek log", () => {
  it("gives its originators and responders", async () => {
    const { contacts, tally } = await collect(zeek);
    expect(tally).toEqual({ format: "zeek-tsv", packets: 3, contacts: 2, warnings: ["1 records without addresses"] });
    expect(contacts).toEqual([
      { source: "10.47.1.100", destination: "10.0.0.100", port: 53, time: 1521911720.865716 },
      { source: "fe80::1", destination: "ff02::2", port: 0, time: Number.NaN },
    ]);
  });

  it("may repeat its header with other columns, and use another separator", async () => {
    const other = "#separator |\n#fields|id.resp_h|id.orig_h\n192.0.2.1|192.0.2.2\n";
    const { contacts } = await collect(zeek + other);
    expect(contacts[2]).toEqual({ source: "192.0.2.2", destination: "192.0.2.1", port: 0, time: Number.NaN });
  });

  it("with a short row is refused by its line, unless it is the truncated last one", async () => {
    await expect(collect(`${zeek}1.5\tC4\n`)).rejects.toThrow("sample:8: row with 2 columns, expected 7");
    const { tally } = await collect(`${zeek}1.5\tC4`);
    expect(tally.warnings).toContain("the last line (8) is truncated and was left out");
  });

  it("without addresses is refused", async () => {
    await expect(collect("#fields\tts\tfuid\n")).rejects.toThrow("sample:1: Zeek log without addresses");
  });

  it("in JSON has flat keys or nested ones", async () => {
    const flat = '{"ts":1.5,"id.orig_h":"10.0.0.1","id.resp_h":"10.0.0.2","id.resp_p":80,"proto":"tcp"}';
    const nested =
      '{"ts":"2021-06-06T00:00:00Z","id":{"orig_h":"10.0.0.3","resp_h":"10.0.0.4","resp_p":8},"proto":"icmp"}';
    const { contacts, tally } = await collect(`${flat}\r\n${nested}\n\n`);
    expect(tally).toMatchObject({ format: "zeek-json", packets: 2, warnings: [] });
    expect(contacts).toEqual([
      { source: "10.0.0.1", destination: "10.0.0.2", port: 80, time: 1.5 },
      { source: "10.0.0.3", destination: "10.0.0.4", port: 0, time: Date.UTC(2021, 5, 6) / 1000 },
    ]);
  });
});

describe("a Suricata log", () => {
  const alert =
    '{"timestamp":"2021-06-06T15:59:46.457984+0200","event_type":"alert","src_ip":"78.36.196.213","dest_ip":"192.168.1.129","dest_port":445,"proto":"TCP"}';
  const stats = '{"timestamp":"2021-06-06T15:59:47.000000+0200","event_type":"stats","stats":{}}';

  it("gives its events with addresses, and counts those without", async () => {
    const { contacts, tally } = await collect(`${stats}\n${alert}\n`);
    expect(tally).toEqual({ format: "eve", packets: 2, contacts: 1, warnings: ["1 records without addresses"] });
    const time = Date.UTC(2021, 5, 6, 13, 59, 46) / 1000 + 0.457984;
    expect(contacts).toEqual([{ source: "78.36.196.213", destination: "192.168.1.129", port: 445, time }]);
  });

  it("with a malformed line is refused by it, unless it is the truncated last one", async () => {
    await expect(collect(`${alert}\n{"a":\n${alert}\n`)).rejects.toMatchObject({
      name: "InputError",
      message: "sample:2: not a JSON object",
    });
    await expect(collect(`${alert}\n[1]\n`)).rejects.toThrow("sample:2: not a JSON object");
    const { tally } = await collect(`${alert}\n${alert.slice(0, 40)}`);
    expect(tally).toMatchObject({ contacts: 1, warnings: ["the last line (2) is truncated and was left out"] });
  });

  it("with other keys is read by their names, any identity", async () => {
    const line = '{"from":{"host":"alice"},"to":"bob","dport":9}\n';
    const columns = { sourceColumn: "from.host", destinationColumn: "to", portColumn: "dport" };
    const { contacts, tally } = await collect(line, columns);
    expect(tally.format).toBe("json");
    expect(contacts).toEqual([{ source: "alice", destination: "bob", port: 9, time: Number.NaN }]);
    await expect(collect(line)).rejects.toThrow("sample:1: JSON without addresses");
  });
});

describe("an Argus log", () => {
  const header = "StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State";
  const rows = [
    "2019/04/04 16:23:00.325010,0.02,udp,10.8.0.69,48427,  <->,8.8.8.8,53,CON",
    "2019/04/04 16:23:01,0.02,arp,00:11:22:33:44:55,,who,10.8.0.1,,CON",
    "2019/04/04 16:23:02,0.02,icmp,10.8.0.69,0x0008,  <->,8.8.4.4,0x0001,ECO",
    "2019/04/04 16:23:03,0.02,man,0,0,,0,0,STA",
  ];

  it.each([
    ["commas", ","],
    ["tabs", "\t"],
  ])("between %s gives its rows with IP addresses", async (_, delimiter) => {
    const text = [header, ...rows].join("\n").replaceAll(",", delimiter);
    const { contacts, tally } = await collect(`${text}\n`);
    expect(tally).toEqual({ format: "argus", packets: 4, contacts: 2, warnings: ["2 records without addresses"] });
    const time = Date.UTC(2019, 3, 4, 16, 23) / 1000;
    expect(contacts).toEqual([
      { source: "10.8.0.69", destination: "8.8.8.8", port: 53, time: time + 0.32501 },
      { source: "10.8.0.69", destination: "8.8.4.4", port: 0, time: time + 2 },
    ]);
  });
});

describe("an nfdump CSV", () => {
  it("ends at its summary", async () => {
    const rows = "2024-01-01 00:00:00,2024-01-01 00:00:01,1.0,10.0.0.1,10.0.0.2,40000,443,TCP";
    const text = `ts,te,td,sa,da,sp,dp,pr\n${rows}\n\nSummary\nflows,bytes\n1,2\n`;
    const { contacts, tally } = await collect(text);
    expect(tally).toMatchObject({ format: "nfdump", packets: 1, contacts: 1, warnings: [] });
    expect(contacts[0]).toMatchObject({ port: 443, time: Date.UTC(2024, 0, 1) / 1000 });
  });

  it("of version 1.7 has other names", async () => {
    const text =
      "firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort\n2024-01-01 00:00:00.500,1,TCP,10.0.0.1,4,10.0.0.2,22\n";
    const { contacts, tally } = await collect(text);
    expect(tally.format).toBe("nfdump");
    expect(contacts[0]).toMatchObject({ port: 22, time: Date.UTC(2024, 0, 1) / 1000 + 0.5 });
  });
});

describe("a CSV", () => {
  it("is read by its header, quotation marks or not", async () => {
    const text =
      'src_ip,note,dst_ip,dst_port\n10.0.0.1,x,10.0.0.2,80\n"10.0.0.3","a, ""b""\nc","::1",443\n10.0.0.5,,10.0.0.6,1\n';
    const { contacts, tally } = await collect(text);
    expect(tally).toEqual({ format: "csv", packets: 3, contacts: 3, warnings: [] });
    expect(contacts.map(({ source, destination, port }) => [source, destination, port])).toEqual([
      ["10.0.0.1", "10.0.0.2", 80],
      ["10.0.0.3", "::1", 443],
      ["10.0.0.5", "10.0.0.6", 1],
    ]);
  });

  it("is read by columns that the user names, or numbers", async () => {
    const text = "when;who;whom\n1700000000;alice;bob\n1700000001;00:11:22:33:44:55;1.2.3.4:80\n";
    const named = { sourceColumn: "Who", destinationColumn: "whom", timeColumn: "when" };
    const numbered = { sourceColumn: "2", destinationColumn: "3", timeColumn: "1" };
    const byName = await collect(text, named);
    expect(byName.contacts).toEqual([
      { source: "alice", destination: "bob", port: 0, time: 1700000000 },
      { source: "00:11:22:33:44:55", destination: "1.2.3.4:80", port: 0, time: 1700000001 },
    ]);
    const byNumber = await collect(text.slice(text.indexOf("\n") + 1), numbered);
    expect(byNumber.contacts).toEqual(byName.contacts);
  });

  it("by numbers tells a header above addresses", async () => {
    const { contacts } = await collect("a b c\nx 10.0.0.1 10.0.0.2\n", { sourceColumn: "2", destinationColumn: "3" });
    expect(contacts).toHaveLength(1);
  });

  it.each<[string, string, object, string]>([
    ["no columns told", "1,2,3\n", {}, "sample:1: cannot tell the source and destination columns"],
    ["an unknown column", "a,b\n1,2\n", { sourceColumn: "x", destinationColumn: "b" }, 'sample:1: no column "x"'],
    [
      "one column of two",
      "a,b\n1,2\n",
      { sourceColumn: "a" },
      "sample: both the source column and the destination column",
    ],
    ["a short row", "src,dst\n1,2\n3\n4,5\n", {}, "sample:3: row with 1 columns, expected at least 2"],
    ["a stray quotation mark", 'src,dst\n1,2\n3,"4"x\n', {}, "sample:3: malformed CSV"],
    ["a strange delimiter", "1 2\n", { delimiter: "::" }, 'sample: delimiter "::"'],
    ["an unknown format", "1 2\n", { format: "pcapx" }, 'sample: unknown format "pcapx"'],
  ])("with %s is refused", async (_, text, options, message) => {
    const reading = collect(text, options);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toMatchObject({ name: "InputError" });
  });

  it("loses a truncated last row with a warning", async () => {
    expect((await collect("src,dst\n1,2\n3")).tally.warnings).toEqual([
      "the last line (3) is truncated and was left out",
    ]);
    expect((await collect('src,dst\n1,2\n3,"4\n')).tally).toMatchObject({
      contacts: 1,
      warnings: ["the last row is truncated inside quotation marks and was left out"],
    });
  });
});

describe("plain pairs", () => {
  it.each([
    ["spaces", "# comment\n30 1412\n10.0.0.1   fe80::1%eth0\n"],
    ["tabs", "# comment\r\n30\t1412\r\n10.0.0.1\tfe80::1\r\n"],
    ["commas, after a byte order mark", "\ufeff30,1412\n\n10.0.0.1, fe80::1"],
  ])("between %s are identities of any kind", async (_, text) => {
    const { contacts, tally } = await collect(text);
    expect(tally).toEqual({ format: "pairs", packets: 2, contacts: 2, warnings: [] });
    expect(contacts).toEqual([
      { source: "30", destination: "1412", port: 0, time: Number.NaN },
      { source: "10.0.0.1", destination: "fe80::1", port: 0, time: Number.NaN },
    ]);
  });
});

describe("an input of no known format", () => {
  it.each([
    ["nothing", ""],
    ["only line ends", "\n\n\n"],
    ["binary data", "\u0000\u0001\u0002\u0003"],
    ["an XML document", '<?xml version="1.0"?>\n<a b="c" d="e" f="g"/>\n'],
    ["a JSON array over many lines", "[\n{}\n]\n"],
  ])("(%s) is refused", async (_, text) => {
    await expect(collect(text)).rejects.toMatchObject({ name: "InputError" });
  });
});
