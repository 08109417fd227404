// Two sensors, one answer: sketches made apart, saved, loaded and merged. Run after `npm run build`:
//   node examples/library/main.mjs
import { planSpread, SpreadSketch } from "netvantage/spread";

// 1 MB for 2 million distinct contacts, and spreads from 1 to 100,000 of interest: which estimator, with what parameters?
const { options } = planSpread({ memoryBits: 8_000_000, contacts: 2_000_000, from: 1, to: 100_000 });
console.log(`plan: ${options.estimator}, ${options.virtualBits} virtual bits, ${options.segments} segments`);

// Each sensor sees 600 of the 1100 hosts that 10.0.0.1 contacts, 100 of them both.
const morning = sensor(0, 600);
const evening = sensor(500, 1100);

// States travel as bytes. Sketches of equal options and seed merge, and so do their candidate tables.
const total = SpreadSketch.fromBytes(morning.toBytes());
total.merge(SpreadSketch.fromBytes(evening.toBytes()));

const [key] = total.keysOfIpv4(Uint32Array.of(0x0a000001));
for (const [name, sketch] of Object.entries({ morning, evening, total })) {
  const { estimate, standardError } = sketch.estimate(BigUint64Array.of(key));
  console.log(
    `${name}: 10.0.0.1 contacted ${estimate[0].toFixed(0)} hosts, standard error ${standardError[0].toFixed(0)}`,
  );
}

// Nobody kept the sources: the candidate table names the largest:
for (const { identity, estimate } of total.top(1)) {
  console.log(`top: ${identity.subarray(0, 4).join(".")}, about ${estimate.toFixed(0)}`);
}

/** Contacts of 10.0.0.1 with hosts from .. to - 1, and one each of a thousand others. */
function sensor(from, to) {
  const sketch = SpreadSketch.create(options);
  const n = to - from + 1000;
  // 40 bytes an identity, zeros behind the address; kind 4 is IPv4, 6 is IPv6, 0 is text.
  const sources = identities(n, (i) => (i < to - from ? [10, 0, 0, 1] : [10, 1, i >> 8, i & 255]));
  const destinations = identities(n, (i) => [192, 0, (2 + ((from + i) >> 8)) & 255, (from + i) & 255]);
  sketch.add(sources, destinations, n);
  return sketch;
}

function identities(n, addressOf) {
  const bytes = new Uint8Array(40 * n);
  for (let i = 0; i < n; i++) bytes.set(addressOf(i), 40 * i);
  return { bytes, kinds: new Uint8Array(n).fill(4), ports: undefined };
}
