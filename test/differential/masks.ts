// Takes out of a report what differs from run to run and what names the program.

/** Replacements in the order they are made. */
const MASKS: readonly (readonly [RegExp, string])[] = [
	[/^Starting (?:Nmap|halfopen) .*$/gm, 'Starting SCANNER'],
	[/\b(?:Nmap|halfopen) done\b/g, 'SCANNER done'],
	[/\b(?:Nmap|halfopen) \S+ scan initiated .*? as: (?:nmap|halfopen) /g, 'SCANNER scan initiated as: '],
	[/ at \w{3} \w{3} +\d+ [\d:]+ \d{4}\b/g, ' at TIME'],
	[/ at \d\d:\d\d\b/g, ' at TIME'],
	[/in \d+\.\d\d seconds/g, 'in TIME seconds'],
	[/, \d+\.\d\ds elapsed/g, ', TIME elapsed'],
	[/ \([\d.]+s latency\)/g, ''],
	[/^Read data files from: .*$/gm, 'Read data files from: FOLDER'],
	[/^Scanned at .*$/gm, 'Scanned at TIME'],
	[/ (start|time|starttime|endtime|elapsed)="[\d.]+"/g, ' $1="TIME"'],
	[/^<times .*\n/gm, ''],
	[/ (startstr|timestr)="[^"]*"/g, ' $1="TIME"'],
	[/(<nmaprun [^>]*?) args="(?:nmap|halfopen) /g, '$1 args="SCANNER '],
	[/(<nmaprun [^>]*?) version="[^"]*"/g, '$1 version="VERSION"'],
	// Other command lines that run at the same time are answered too.
	[/^ {11}(?:Rejected|Redundant replies|Lost): .*\n/gm, ''],
	[/MAC Address: [\dA-F:]+ \([^)]*\)/g, 'MAC Address: MAC'],
	[/addr="[\dA-F:]{17}" addrtype="mac"(?: vendor="[^"]*")?/g, 'addr="MAC" addrtype="mac"'],
];

export const masked = (report: string): string => {
	let text = report;
	for (const [pattern, replacement] of MASKS) {
		text = text.replaceAll(pattern, replacement);
	}

	return text.replaceAll(/(?:^Discovered open port .*\n)+/gm, found =>
		found
			.split('\n')
			.sort()
			.join('\n')
			.replace(/^\n(.*)$/s, '$1\n'),
	);
};
