// Options of Nmap's that halfopen does not have. Each ends in one line that says why, before anything is sent.

/** Why, and how that is said. */
export const REFUSALS = {
	outside: (name: string) => `${name} is not part of halfopen: it does the TCP SYN and connect scans only`,
	sctp: (name: string) =>
		`${name} is not part of halfopen: it sends no SCTP; -PS, -PA, -PU and -PE find hosts too`,
	onPurpose: (name: string) =>
		`${name} is absent on purpose: halfopen does not forge its source or hide among decoys`,
	later: (name: string) => `${name} is not available in this version`,
} as const;

export type Refusal = keyof typeof REFUSALS;

/** The names of each kind. A star stands for whatever is glued to the letter. */
const NAMES: Readonly<Record<Refusal, string>> = {
	outside: `
		-sU -sV -sC -sR -sA -sW -sM -sN -sF -sX -sI -sY -sZ -sO -b* -A -O --scanflags --allports --traceroute
		--osscan-limit --osscan-guess --fuzzy --max-os-tries --version-intensity --version-light --version-all
		--version-trace --versiondb --script --script-args --script-args-file --script-trace --script-updatedb
		--script-help --script-timeout --thc --proxies --proxy --adler32 --defeat-icmp-ratelimit --nsock-engine`,
	sctp: '-PY*',
	onPurpose: '-D* -S* --spoof-mac --badsum',
	later: `
		-oS --resume -iR --randomize-hosts --rH --nogcc
		-f --ff --mtu --data --data-string --ip-options --route-dst`,
};

/** An option that is refused; with `glued`, whatever follows its name belongs to it. */
export interface RefusedOption {
	readonly name: string;
	readonly glued: boolean;
	readonly refusal: Refusal;
}

export const REFUSED_OPTIONS: readonly RefusedOption[] = (Object.keys(NAMES) as Refusal[]).flatMap(refusal =>
	NAMES[refusal]
		.trim()
		.split(/\s+/)
		.map(name => ({name: name.replace('*', ''), glued: name.endsWith('*'), refusal})),
);
