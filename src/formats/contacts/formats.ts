import type { ContactFormat } from "./contact-format.ts";
import { argus, csv, nfdump, pairs } from "./delimited.ts";
import { eve, json, zeekJson } from "./json-lines.ts";
import { pcap } from "./pcap.ts";
import { pcapng } from "./pcapng.ts";
import { zeekTsv } from "./zeek-tsv.ts";

/** The captures and flow logs that can be read, in the order in which they are tried. */
export const CONTACT_FORMATS: readonly ContactFormat[] = [
  pcap,
  pcapng,
  zeekTsv,
  json,
  zeekJson,
  eve,
  argus,
  nfdump,
  csv,
  pairs,
];
